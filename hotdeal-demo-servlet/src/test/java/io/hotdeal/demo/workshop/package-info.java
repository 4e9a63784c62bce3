/** Serves the WAR on Tomcat, and sends the workshop's orders to it. Not part of the WAR. */
@NullMarked
package io.hotdeal.demo.workshop;

import org.jspecify.annotations.NullMarked;
