package io.hotdeal.faults;

/** Injects all faults and prints what they did. */
final class FaultsMain {

  private FaultsMain() {}

  public static void main(String[] args) throws Exception {
    Progress progress = Progress.onStandardOutput();
    try (Stage stage = new Stage()) {
      for (Score score : new Scenarios(stage, Options.fromSystemProperties(), progress).run()) {
        System.out.println(score.name() + " " + score.faultsByKind() + " orders " + score.orders() + " lostClaims " + score.lostClaims() + " " + score.verdict().brief() + " " + score.notes() + " " + score.problems() + " " + score.seconds());
        for (Ack.Kind kind : Ack.Kind.values()) System.out.print(kind + " " + score.told(kind) + " ");
        System.out.println();
      }
    }
  }
}
