/** What a run shows: a console table, JSON, and a page with curves. */
@NullMarked
package io.hotdeal.jmh.report;

import org.jspecify.annotations.NullMarked;
