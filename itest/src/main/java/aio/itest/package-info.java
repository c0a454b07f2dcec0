/** Tests of all bundles together, inside a framework, through exported packages only. */
@NullMarked
package aio.itest;

import org.jspecify.annotations.NullMarked;
