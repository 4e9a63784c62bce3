/**
 * An exhaustive model of held orders: holds, payments on a page and elsewhere, their reports, the
 * resolver, cancels and a close, in every order and with a crash at every step.
 */
package io.hotdeal.model.hold;
