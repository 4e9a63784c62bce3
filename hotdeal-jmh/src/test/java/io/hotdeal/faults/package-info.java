/** The fault harness: real processes and stores, killed and cut off under load, and the books. */
package io.hotdeal.faults;
