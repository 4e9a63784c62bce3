/** Reports of benchmarks and of the workshop: text tables, HTML pages and charts. */
package io.hotdeal.testkit.report;
