package io.hotdeal.simulation;

import io.hotdeal.spi.Housekeeping;
import java.util.List;

/** The assignment of deals as one process calls it, with faults. */
record FaultyHousekeeping(Jvm process, Housekeeping housekeeping, Faults faults)
    implements Housekeeping {

  @Override
  public List<Assignment> take(Housekeeper housekeeper, List<String> dealIds) {
    return faults.call(
        process, "take deals " + dealIds, () -> housekeeping.take(housekeeper, dealIds));
  }

  @Override
  public void giveUp(String housekeeperId, List<String> dealIds) {
    run("give up deals " + dealIds, () -> housekeeping.giveUp(housekeeperId, dealIds));
  }

  @Override
  public void retire(String housekeeperId) {
    run("retire", () -> housekeeping.retire(housekeeperId));
  }

  private void run(String what, Runnable effect) {
    boolean unused =
        faults.call(
            process,
            what,
            () -> {
              effect.run();
              return true;
            });
  }
}
