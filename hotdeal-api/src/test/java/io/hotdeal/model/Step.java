package io.hotdeal.model;

/** One step of a participant: a call to a store or to the gateway, or a fault. */
enum Step {
  CLAIMED(Who.ATTEMPT, "claims at the counter, which lets it pass"),
  BYPASSED(Who.ATTEMPT, "bypasses the counter, which does not answer"),
  COUNTER_REFUSED(Who.ATTEMPT, "claims at the counter, a first attempt: sold out, refused"),
  RETRY_GOES_ON(Who.ATTEMPT, "claims at the counter, maybe a retry: sold out, asks the log"),
  RESERVED(Who.ATTEMPT, "reserves in the log"),
  RESERVED_AND_SOLD(Who.ATTEMPT, "reserves in the log, which sells at once; tells Placed"),
  RESERVE_REFUSED(Who.ATTEMPT, "reserves in the log: refused"),
  RESERVE_REJECTED(Who.ATTEMPT, "reserves in the log: this row is rejected"),
  RESERVE_UNKNOWN(Who.ATTEMPT, "reserves in the log: no answer, so it will look"),
  FOUND_RESERVED(Who.ATTEMPT, "reserves in the log: already RESERVED"),
  FOUND_PAID(Who.ATTEMPT, "reserves in the log: already PAID; tells Placed"),
  FOUND_CANCELLED(Who.ATTEMPT, "reserves in the log: already CANCELLED"),
  LOOKED_AND_FOUND(Who.ATTEMPT, "looks for its row: there"),
  LOOKED_AND_REFUSED(Who.ATTEMPT, "looks for its row: none there; tells Declined"),
  CHARGED(Who.ATTEMPT, "charges: the money is taken"),
  CHARGE_DECLINED(Who.ATTEMPT, "charges: declined"),
  CHARGE_UNANSWERED(Who.ATTEMPT, "charges: taken, but no answer comes; tells Declined"),
  CONFIRMED(Who.ATTEMPT, "confirms in the log: PAID; tells Placed"),
  CONFIRM_REFUSED(Who.ATTEMPT, "confirms in the log, which refuses PAID: still RESERVED"),
  CONFIRM_FAILED(Who.ATTEMPT, "confirms in the log: not PAID"),
  CANCELLED(Who.ATTEMPT, "cancels in the log: CANCELLED"),
  CANCEL_FOUND_PAID(Who.ATTEMPT, "cancels in the log: PAID, somebody sold it; asks again"),
  VOIDED(Who.ATTEMPT, "asks the gateway to end the charge: no money is kept"),
  VOID_FOUND_CHARGED(Who.ATTEMPT, "asks the gateway to end the charge: it was taken"),
  LEFT_ALONE(Who.ATTEMPT, "asks the gateway to end the charge: it was taken; fails as unknown"),
  REFUNDED(Who.ATTEMPT, "refunds"),
  RELEASED_FIRST(Who.ATTEMPT, "releases at the counter, before it cancels"),
  RELEASED(Who.ATTEMPT, "releases at the counter"),
  SETTLED(Who.ATTEMPT, "settles at the counter"),

  RESOLVER_VOIDED(Who.RESOLVER, "asks the gateway to end the charge: now it never will be taken"),
  RESOLVER_CONFIRMED(Who.RESOLVER, "was told that it is charged, confirms in the log"),
  RESOLVER_CANCELLED(Who.RESOLVER, "cancels in the log"),
  RESOLVER_REFUNDED(Who.RESOLVER, "refunds"),
  RESOLVER_SETTLED(Who.RESOLVER, "finds it PAID, settles at the counter"),
  RESOLVER_RELEASED(Who.RESOLVER, "releases at the counter"),
  RESOLVER_RELEASED_FIRST(Who.RESOLVER, "releases at the counter, the log has not said CANCELLED"),

  RECONCILER_READ_VERSION(Who.RECONCILER, "reads the counter's version"),
  RECONCILER_READ_CLAIMS(Who.RECONCILER, "reads the claims that are held"),
  RECONCILER_READ_LOG(Who.RECONCILER, "reads the log's tally and the rows of those claims"),
  RECONCILER_CORRECTED(Who.RECONCILER, "sets what remains: the version still stands"),
  RESTORER_READ_LOG(Who.RESTORER, "finds the deal unknown at the counter, reads the log's tally"),
  RESTORER_CREATED(Who.RESTORER, "sets the deal up at the counter, if it still is unknown"),

  LATE_CLAIM(Who.NETWORK, "delivers an earlier claim, late or once more"),
  LATE_RESERVE(Who.NETWORK, "delivers an earlier reservation, late or once more"),
  REPLICA_FELL_BEHIND(Who.COUNTER, "has a replica that gets no more writes from now on"),
  FAILED_OVER(Who.COUNTER, "fails over to its replica"),
  WIPED(Who.COUNTER, "is wiped"),
  CLOSED(Who.OPERATOR, "closes the deal in the log"),
  PURGED(Who.OPERATOR, "purges the CANCELLED rows");

  /** Who takes a step. */
  enum Who {
    ATTEMPT("attempt"),
    RESOLVER("a resolver"),
    RECONCILER("a reconciler"),
    RESTORER("somebody"),
    NETWORK("the network"),
    COUNTER("the counter"),
    OPERATOR("the operator");

    final String words;

    Who(String words) {
      this.words = words;
    }
  }

  final Who who;
  final String words;

  Step(Who who, String words) {
    this.who = who;
    this.words = words;
  }
}
