/**
 * The seeded simulator: the real HotDeal, resolver and reconciler in one thread, on virtual time,
 * with every call to a store or the gateway free to fail, to be lost, to come late or to be the
 * last.
 */
package io.hotdeal.simulation;
