/**
 * A page of the Felix Web Console. What it shows and does knows no servlets; {@link aio.policy.page.JakartaPage} and
 * {@link aio.policy.page.JavaxPage} are the doors to the two worlds of which one is there.
 */
@NullMarked
package aio.policy.page;

import org.jspecify.annotations.NullMarked;
