/** A browser, with which the tests of more than one container look at the page. */
@NullMarked
package aio.dist.browser;

import org.jspecify.annotations.NullMarked;
