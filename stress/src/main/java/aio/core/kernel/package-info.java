/** What the kernel promises to several threads, as jcstress tests. */
package aio.core.kernel;
