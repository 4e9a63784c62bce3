package io.hotdeal.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** The models that are checked. */
final class Models {

  private Models() {}

  /** The real protocol, in sentences. */
  static Map<String, Model> real() {
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("one unit, two orders, two attempts each", Model.of(1, 1, 2, 2));
    return models;
  }

  static Model of(Shortcut shortcut) {
    Model model = switch (shortcut) {
      case NONE, CHARGE_BEFORE_RESERVE, REFUSE_WITHOUT_CANCEL, SELECT_INSTEAD_OF_CANCEL ->
          Model.of(1, 1, 2, 1);
      case FORGET_SETTLED, RELEASE_BEFORE_CANCEL -> Model.exact(2, 2, 1);
      case SEED_FROM_CONSTANT -> Model.wipedInPeace(2, 1, 1);
      case NO_QUANTITY_CHECK -> Model.of(1, 1, 1, 1).without(Rule.PASSES_THE_GATE);
      case PURGE_WHILE_OPEN -> Model.of(1, 1, 2, 1).with(Rule.FREE_OF_CHARGE);
    };
    return model.with(shortcut);
  }
}
