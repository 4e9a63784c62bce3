/**
 * The seeded simulator: the real HotDeal, resolver and reconciler in one thread, on virtual time,
 * where every call to a store or the gateway may fail, lose its answer, take effect late, or be the
 * last one before its process dies.
 */
package io.hotdeal.simulation;
