package dev.gatehouse.tool;

import java.util.List;
import java.util.Optional;

/** What a server has to offer besides its tools. The lists never change while it runs, the contents may at any time. */
public interface Offer {
    /** How a model finds its way: what to read or call for which question. */
    String instructions();

    /** All resources, in the order they are listed. */
    List<Resource> resources();

    /** The resource a URI means; a catalogue may accept more spellings than it lists. */
    Optional<Resource> resource(String uri);

    /** All prompts, in the order they are listed. */
    List<Prompt> prompts();
}
