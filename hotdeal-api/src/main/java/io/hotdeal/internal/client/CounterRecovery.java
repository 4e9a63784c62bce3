package io.hotdeal.internal.client;

import io.hotdeal.internal.reconcile.CounterReconciler;
import io.hotdeal.internal.reconcile.CounterRestorer;
import io.hotdeal.internal.reconcile.PaidOrderReplay;
import io.hotdeal.internal.reconcile.ReconcileLoop;

/** The parts that correct the counter: its count, its deals, and the units of its buyers. */
public record CounterRecovery(
    CounterReconciler reconciler,
    ReconcileLoop loop,
    CounterRestorer restorer,
    PaidOrderReplay replay) {}
