/** Test doubles and helpers that the tests of all modules share. */
package io.hotdeal.testkit;
