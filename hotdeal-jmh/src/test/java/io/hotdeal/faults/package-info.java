/**
 * The fault harness: real processes and stores, killed and disconnected under load, then audited.
 */
package io.hotdeal.faults;
