namespace RailCluster.Scoring;

/// <summary>What an answer rests on: sources, assumptions, reasons, admitted mistakes; and how it evades giving them.</summary>
internal static class Grounds
{
    private const string Document =
        "(leaflet|guidelines?|stud(y|ies)|manual|handbook|report|label|log|rules?|procedure|polic(y|ies)|rubric|ordinance|statute|law|regulations?|records?|reviews?|trials?|survey|almanac|article|contract|invoice|timetable|documentation|catalogue|statistics|census)";

    public static readonly Phrases Sources = new(
        "(a|the|two|several|one) (\\w+ ){0,2}(pilot|trial|experiment|price list|schedule|glossary|committee|court|ministry|charts?|study|survey) (\\w+ ){0,4}(reported|reports|sets|asks|says?|show(s|ed)?|found|does|of)",
        "(the )?(manual|schedule|glossary|charts?|statutes|price list|label|leaflet|rules) (asks?|sets?|says?|shows?|lists?|does|do)",
        "as (item|the (glossary|price list|manual|schedule|statutes|court))", "under (paragraph|section|article|rule)",
        "(item|paragraph|annex|rule|figure|appendix) \\d+", "according to", "(the )?source(:| is)",
        "as (stated|described|noted|printed|listed|written|given|explained|required) (in|by|on)",
        $"(the|a|an|our|their|your|its|two|several|most) ([\\w']+ ){{0,3}}{Document} (on|of|about|by|says?|shows?|lists?|recommends?|gives?|counts?|states?|found|notes?|reports?|requires?|advises?|itself|from|which)",
        $"{Document} (by|from|published|itself)", "based on (the|a|an|our)",
        "see (the )?(section|page|leaflet|guideline|table|chapter)", "(section|page|table|paragraph|article|chapter|line|clause) \\d+",
        "published (in|by|on)", "research (shows|suggests|from|is)",
        "(is|are|was) (the one )?(printed|stated|listed|published|described|recorded|documented) (in|on|by)",
        "(comes|taken|quoted|stems|follows) from", "under the [\\w' ]{1,30}(law|rule|ordinance|act|code|policy|contract)",
        "(the )?(who|nhs|cdc|fda|nist|iso|oecd) (says|recommends|states|guideline|advises|report)", "i follow the",
        "rests? (mostly |mainly )?on");

    public static readonly Phrases Assumptions = new(
        "as of (last|this|today|the|\\w+ \\d+)",
        "(would|could|may|might) (cut|change|apply|differ|shift) (\\w+ )?(it|noticeably|the|another|today|that)?",
        "another \\w+ (might|may|could) apply", "(i|we|this|that|it) (assume[sd]?|presumes?|presupposes?)", "assum(ing|ptions?|ed)",
        "(i am|i'm) assuming",
        "if (you are|you're|this is|it is|it's|it does|that is|that's|either|that date|the budget|your|yours|those)",
        "this (assumes|applies)", "provided (that|you)", "on condition that", "i (took|take) it that", "unless (you|your|it|the)",
        "which would confirm");

    public static readonly Phrases Reasons = new(
        "(consists?|made up) of", "(so|as|;|:) [\\w' ]{1,40} (make|makes|made|primes|keeps|causes|leads?|cut|cuts)",
        "(i|we) (went with|filtered|picked|based|took|checked|asked|ranked|sorted)", "(mostly|partly|mainly|simply) because",
        "because (the|you|your|it|they|both|she|he|there|we|this|that|of|a|an|no|my|most|forced|these|those|\\w+s) [\\w',-]+ [\\w',-]+",
        "the reason(s)? (is|are|for|why)", "for (that|this|these) reasons?", "my reasoning", "therefore", "which is why",
        "so i conclude", "since (the|you|it|they|both|i|forced|that|this|we)",
        "(i|we) (added|weighed|rounded|calculated|computed|compared|chose|read|looked at|concluded|estimated|used|counted)",
        "due to (the|a|an|your|its|high|low)", "as a result", "mainly because", "which means", "on (pay|price|cost|balance)");

    public static readonly Phrases Admissions = new(
        "good catch|well spotted", "i left (out|off)", "my (error|fault|bad|oversight)", "was my (error|mistake|fault)",
        "the correct (\\w+ )?is", "i gave you the (old|wrong)", "sorry,? (that|i) (was|gave|misread|missed|mixed)",
        "i (made|may have made|have made) (a |an )?(mistake|error)", "i (was|may be|might be|could be|can be) (wrong|mistaken)",
        "you('re| are) right", "my (mistake|error|apologies)", "thank(s| you) for (pointing|correcting|telling)", "i should have",
        "(sorry|apologise|apologize) for (the|that|my) (confusion|mistake|error|wrong|mix-up)",
        "i('ll| will|'d| would)( gladly)? correct", "we('ll| will) correct", "correct me", "i misread",
        "i (can't|cannot|could not) verify", "(tell me|let me know) (and|if)");

    /// <summary>Words that refuse to say why, or that shift the blame.</summary>
    public static readonly Phrases Evasions = new(
        "you must('ve| have) (misheard|misread|misunderstood)", "don't think about it",
        "because (that's|it was|it's|of) (the rule|how|so|was)?", "i know these things", "believe me", "never wrong",
        "(not|isn't) my (problem|job|fault|business|concern)", "i never said",
        "you must have (read|misread|misheard|misunderstood|been|got)",
        "because (i say so|it is|it's so|that's how|i said so|of reasons)", "i just (know|feel)", "i simply know",
        "(that's|that is|this is) (just |simply )?(how it is|how it works|the way it is|all there is|what everyone)",
        "no (reasons?|explanations?|sources?|details?|proof|other opinion) (is |are )?(needed|required|necessary)", "deal with it",
        "(stop|quit) asking", "don't (ask|question)( me)?( why)?", "nobody (can|will) blame",
        "just (believe|trust|accept) (it|me|that|this)", "just don't|just do it", "common sense", "[.!?] period",
        "end of (story|discussion)", "(everybody|everyone) knows( that| this| it)?", "trust me", "(the )?computer says",
        "(i've|i have) heard (that|it|this)?", "my (grandfather|grandmother|uncle|friend|neighbour|mother|father) (said|says|told)",
        "details (don't|do not) matter", "(studies|sources|reasons|facts|evidence) (don't|do not) matter",
        "look (it up|somewhere else|elsewhere)( yourself)?", "these things happen", "it (just )?felt like",
        "simply (the )?(best|right|true)", "that's all there is", "it's (just )?(bad|better|so|true|nicer)[.!]?$", "who cares",
        "some \\w+ or other", "take it or leave it");

    /// <summary>A question that asks for reasons, sources or assumptions.</summary>
    public static readonly Phrases Asked = new(
        "why", "sources?", "reasons?", "cite", "citation", "evidence", "explain", "justify", "basis",
        "where (does|did|do) [\\w' ]{1,40} (come|get)", "how (did|do) you (know|calculate|come|get|decide|arrive)", "assumptions?",
        "name the (rule|law|source|section)", "how (sure|reliable|certain)", "according to what", "who says", "on what grounds",
        "prove", "reference", "responsible");
}
