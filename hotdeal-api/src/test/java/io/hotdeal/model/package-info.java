/** The protocol as an exhaustive model: every interleaving, crash and loss within small bounds. */
package io.hotdeal.model;
