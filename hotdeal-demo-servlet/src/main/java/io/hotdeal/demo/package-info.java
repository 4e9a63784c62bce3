/** A servlet that sells one deal to a crowd, to be run and load-tested. */
@NullMarked
package io.hotdeal.demo;

import org.jspecify.annotations.NullMarked;
