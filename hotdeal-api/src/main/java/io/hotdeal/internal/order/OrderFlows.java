package io.hotdeal.internal.order;

/** The flows of orders: their sale, the steps of held ones, and returns. */
public record OrderFlows(OrderFlow orders, HoldFlow holds, ReturnFlow returns) {}
