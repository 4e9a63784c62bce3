package io.hotdeal.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** The models that are checked. */
final class Models {

  private Models() {}

  /**
   * The largest: two units, four attempts, two of each order, and two losses of the counter, with
   * everything that may happen while the deal is open.
   */
  static Model largest() {
    return Model.of(2, 2, 2, 2);
  }

  /** As the largest, but one order is sent once, and the counter is lost once. */
  static Model large() {
    return Model.of(2, 1, 2, 1);
  }

  /** The real protocol in smaller bounds, each with something that the largest does not have. */
  static Map<String, Model> others() {
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("three buyers for one unit, and a failover", Model.of(1, 1, 1, 1, 1));
    models.put("one buyer with four attempts", Model.of(1, 2, 4));
    models.put("the deal closes and is purged, two buyers", Model.of(1, 1, 1, 1).with(Rule.CLOSES));
    models.put(
        "the deal closes and is purged, a buyer with two attempts",
        Model.of(1, 0, 2, 1).with(Rule.CLOSES));
    models.put("no payment is due", Model.of(2, 1, 2, 2).with(Rule.FREE_OF_CHARGE));
    models.put(
        "no payment is due, the deal closes",
        Model.of(1, 1, 2, 1).with(Rule.FREE_OF_CHARGE).with(Rule.CLOSES));
    models.put("the log rejects rows, two buyers", Model.of(1, 1, 1, 1).with(Rule.REJECTS_ROWS));
    models.put(
        "the log rejects rows, a buyer with two attempts",
        Model.of(1, 0, 2, 1).with(Rule.REJECTS_ROWS));
    models.put(
        "no payment is due, the log rejects rows",
        Model.of(1, 1, 2, 1).with(Rule.FREE_OF_CHARGE).with(Rule.REJECTS_ROWS));
    models.put("the log refuses PAID, two buyers", Model.of(1, 1, 1, 1).with(Rule.REFUSES_PAID));
    models.put(
        "the log refuses PAID, a buyer with two attempts",
        Model.of(1, 1, 2).with(Rule.REFUSES_PAID));
    models.put("resolvers alone keep the counter exact, two attempts each", Model.exact(2, 2, 2));
    models.put("resolvers alone keep the counter exact, three buyers", Model.exact(2, 2, 1, 1));
    models.put("resolvers alone keep the counter exact, four buyers", Model.exact(2, 1, 1, 1, 1));
    models.put(
        "resolvers alone keep the counter exact, the log rejects rows",
        Model.exact(2, 2, 2).with(Rule.REJECTS_ROWS));
    models.put("the counter is wiped between orders, then exact", Model.wipedInPeace(2, 1, 1, 1));
    return models;
  }

  /**
   * The one with a violation that is accepted, see OrderFlow: the log refuses PAID for a row, and
   * accepts it once the payment is refunded.
   */
  static Model acceptsPaidLater() {
    return Model.of(1, 0, 2).with(Rule.REFUSES_PAID).with(Rule.ACCEPTS_PAID_LATER);
  }

  /** Some of the others in larger bounds. */
  static Map<String, Model> larger() {
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("three buyers for two units", Model.of(2, 0, 2, 1, 1));
    models.put("the deal closes and is purged", Model.of(1, 1, 2, 1).with(Rule.CLOSES));
    models.put(
        "no payment is due, the deal closes",
        Model.of(1, 1, 2, 2).with(Rule.FREE_OF_CHARGE).with(Rule.CLOSES));
    models.put("the log rejects rows", Model.of(1, 1, 2, 1).with(Rule.REJECTS_ROWS));
    return models;
  }

  /** A model in which the shortcut causes a violation; without it, the model has none. */
  static Model of(Shortcut shortcut) {
    Model model =
        switch (shortcut) {
          case NONE -> largest();
          case CHARGE_BEFORE_RESERVE, REFUSE_WITHOUT_CANCEL, SELECT_INSTEAD_OF_CANCEL ->
              Model.of(1, 1, 2, 1);
          case NO_QUANTITY_CHECK -> Model.of(1, 1, 1, 1).without(Rule.BYPASSES_COUNTER);
          case FORGET_SETTLED, RELEASE_BEFORE_CANCEL -> Model.exact(2, 2, 1);
          case SEED_FROM_CONSTANT -> Model.wipedInPeace(2, 1, 1);
          case PURGE_WHILE_OPEN -> Model.of(1, 1, 2, 1).with(Rule.FREE_OF_CHARGE);
          case CANCEL_REJECTED_UNVOIDED -> Model.of(1, 0, 2, 1).with(Rule.REJECTS_ROWS);
          case CANCEL_BEFORE_REFUND -> Model.of(1, 0, 1, 1).with(Rule.REFUSES_PAID);
        };
    return model.with(shortcut);
  }
}
