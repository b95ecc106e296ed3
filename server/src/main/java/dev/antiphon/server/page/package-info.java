/** What pages are made of: files of the class path, the library that draws charts, and reports in one file. */
@NullMarked
package dev.antiphon.server.page;

import org.jspecify.annotations.NullMarked;
