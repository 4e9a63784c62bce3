/** The order log and the stock counter on Oracle, over plain JDBC. */
@NullMarked
package io.hotdeal.oracle;

import org.jspecify.annotations.NullMarked;
