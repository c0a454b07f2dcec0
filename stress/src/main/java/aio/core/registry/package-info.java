/** What the registry promises to several threads, as jcstress tests. */
package aio.core.registry;
