/** Layer 7: what an operator plans and changes of the configuration of a running Fairlead, through its admin address. */
@NullMarked
package io.fairlead.cli.config;

import org.jspecify.annotations.NullMarked;
