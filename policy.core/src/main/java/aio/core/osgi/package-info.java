/** The core as a bundle: the one package that touches the framework, its services and its configuration. */
@NullMarked
package aio.core.osgi;

import org.jspecify.annotations.NullMarked;
