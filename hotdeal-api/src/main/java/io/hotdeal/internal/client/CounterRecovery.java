package io.hotdeal.internal.client;

import io.hotdeal.internal.reconcile.CounterReconciler;
import io.hotdeal.internal.reconcile.CounterRestorer;
import io.hotdeal.internal.reconcile.PaidOrderReplay;
import io.hotdeal.internal.reconcile.ReconcileLoop;

/** What keeps the counter right: its count, its deals, and what its buyers have. */
public record CounterRecovery(
    CounterReconciler reconciler,
    ReconcileLoop loop,
    CounterRestorer restorer,
    PaidOrderReplay replay) {}
