/** Shows that the testkit finds what it is for: by bad tests and bad drivers, and what JUnit says of them. */
@NullMarked
package aio.proof;

import org.jspecify.annotations.NullMarked;
