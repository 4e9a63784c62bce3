/** A web application that sells one deal to many buyers, to be run and load-tested. */
@NullMarked
package io.hotdeal.demo;

import org.jspecify.annotations.NullMarked;
