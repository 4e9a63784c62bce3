package io.hotdeal;

/** What identifies one order: the id of its deal, and its own id within the deal. */
public interface OrderKey {

  String dealId();

  String id();
}
