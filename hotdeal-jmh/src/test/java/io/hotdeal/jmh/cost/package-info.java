/** What a sale costs its stores, counted: no clock has a say in it. */
package io.hotdeal.jmh.cost;
