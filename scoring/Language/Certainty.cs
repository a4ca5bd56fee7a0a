namespace RailCluster.Scoring;

/// <summary>How sure an answer says it is, and what it says it cannot know.</summary>
internal static class Certainty
{
    /// <summary>Words that leave room in what is claimed.</summary>
    public static readonly Phrases Hedges = new(
        "should be|it should|they should", "(can|could|would|might|may) (\\w+ )?(take|go|still|apply|even|help|change|cost|be)",
        "commonly|normally|frequently|mostly|mainly", "debated|disputed|contested|disagree|controversial|unproven|theories|mixed",
        "(a few|some|several|two|three) (trials|experiments|studies|sources|scholars|people|friendly|attacks)",
        "little (good |solid )?evidence", "up to", "looks? (close|likely|like|possible|promising)",
        "in (the cold|general|theory|principle|a \\w+ (house|case|year))", "(portion|size|age|it|which) makes a (big )?difference",
        "to (\\d+|some|many|six|four|eight|ten) (weeks|months|days|years|hours)", "longer if|less if|more if|unless",
        "not (yet |been )?(decided|settled|known)", "(decent|good|fair|mixed) record", "worth a try",
        @"(may|might|could)( \w+)? (be|help|not|cause|have|work|make|fit|shorten|need|happen|take|fall|come|differ|vary|include|cover|improve)",
        "might", "perhaps", "maybe", "probably", "(un)?likely", "possibl[ey]", "roughly", "approximately",
        "an? (rough )?(guess|estimate)", @"(about|around|some) \d+", "guess(ed|ing)?", "in (some|many|most) cases", "usually",
        "generally", "often", "typical(ly)?", "sometimes", "tends? to", "appears?", "seems?( to)?",
        "for (most|many|some) (people|adults|of)", "(most|many|some) (people|of them|studies|experts)", "not everyone",
        @"(no|not every|not all) \w+ (catches|works|prevents|is|are|helps)", "differs?( a lot)? (between|from|by)", "var(y|ies)",
        "results differ", "suggests?", "evidence is (mixed|limited|weak)",
        "(mixed|limited|small|early) (evidence|trials|studies|results)", "as far as i know");

    /// <summary>An open word on not being sure, or on what decides it.</summary>
    public static readonly Phrases Doubts = new(
        "can't (establish|interpret|see|promise)", "i'd (say|guess|expect|have)|i would (say|guess)",
        "(i have|there is|there are|i've) no (test|live|reliable|data|results|evidence|proof|figures)", "until you know",
        "only (an|a) (assessment|test|doctor|exam|inspection|vet)", "hardly more than", "don't take my word", "weak spot",
        "a likely reason", "say (promising|about|around)",
        "(i am|i'm) (not|un|less|least|only|fairly|quite) ?(entirely |completely |fully )?(certain|sure)",
        "not (certain|sure|clear|reliably?)", "uncertain(ty)?", "(it|that|this|much) (all )?depends", "depend(s|ing) on",
        "(hard|difficult|impossible) to (say|know|tell|predict)",
        "(i|we|nobody|no one) (can't|cannot|can not|could not|couldn't) (be sure|know|say|tell|predict|promise|guarantee|verify|judge|be certain)",
        "(nobody|no one) (can )?knows?", "only \\w+( \\w+)? knows? for (sure|certain)", "i (do not|don't) know", "i think",
        "i believe", "(may|might|could) be wrong", "(no|not a) (guarantee|reliable|certainty)", "part of it may be chance",
        "not the last word", "is (a|only a|just a) (guess|judgement|judgment|starting point)", "it is not (certain|clear|known)",
        "please (check|verify)", "no one-size");

    /// <summary>What the answer says it lacks: knowledge, sight, a profession.</summary>
    public static readonly Phrases Limits = new(
        "(i am|i'm) (unable|not able) to (interpret|see|read|check|access|judge|verify|tell)", "only up to", "not taken into account",
        "(unknown|not known) to me", "cover only|covers only", "mind that|bear in mind|keep in mind",
        "am no (lawyer|doctor|expert|vet|tax)", "just the (abstract|first|excerpt|summary)|only the (abstract|first|excerpt|summary)",
        "by the (map|description|photo|text|excerpt) alone", "an? (online|chat|automated)[\\w ]* (can't|cannot)",
        "i (do not|don't) (have|know|store|see)", "i have no (information|data|access|live|figures|way)",
        "i (have not|haven't|did not|didn't|could not|couldn't) (seen?|tested|consider(ed)?|check(ed)?|run|read|verif(y|ied)|examined?|looked?)",
        "i (can't|cannot|can not|am unable to|'m unable to) (see|diagnose|examine|verify|judge|access|check|run|tell from|test)",
        "i only (saw|know|knew|have|see|read)",
        "(i am|i'm|as) (not )?an? (ai|automated|language|virtual|lawyer|doctor|physician|expert)( \\w+)?", "i can make mistakes",
        "my (information|knowledge|training|data) (may|might|is|ends|ended|only)", "out of date", "i left out",
        "(based|judging) only on", "without (seeing|knowing|more|the) \\w+",
        "(you|which you) (did not|didn't|have not|haven't) mention(ed)?", "neither of which you mentioned", "limited to what",
        "i would need|i'd need", "is outside what i");

    /// <summary>Claims of a certainty that nobody has.</summary>
    public static readonly Phrases Overclaims = new(
        "without (fail|exception|a doubt)", "no more,? no less", "mark my words", "rock solid",
        "(all|every) (experts?|scientists?|doctors?|scholars?|lawyers?|single)( \\w+)? (agrees?|says?|knows?|without)",
        "(helps|saves|suits|cures|works in|wipes out|in|heals) (everyone|everybody|anyone)", "permanently|instantly|overnight success",
        "(simply |just )?(cannot|can't|could never|can never|will never) (break|fail|harm|hurt|happen|be wrong|go)", "could ever",
        "end of story", "flawless(ly)?", "(never|is never|are never) wrong", "(is|are|it's|that's) (clearly|obviously)", "believe me",
        "i know (everything|every|it all|all)", "10 (out of|/) 10", "of course \\w+ (\\w+ )?(hear|is|are|do|does|can|will)",
        "(definitely|certainly|undoubtedly|surely|assuredly|unquestionably|absolutely|totally|completely|entirely|perfectly) (\\w+ )?(cure|cures|work|works|heal|safe|certain|sure|harmless|effective|guaranteed|correct|right|complete|true|trustworthy|lose|win|double|rise|grow|eczema|no|every|not|help|helps|pass|fine|everything)",
        "(will|is|it's|was|does|can) (definitely|certainly|undoubtedly|surely|absolutely|always|forever)( \\w+)?", "undoubtedly",
        "guaranteed?", "(100|hundred|one hundred) ?(%|per ?cent)( \\w+)?",
        "(no|zero|without any|not any|any) (risks?|side effects|danger|bugs|doubt|question|surprises|exceptions?)( at all| whatsoever)?( about it)?",
        "risk-free", "beyond (any |all |a )?doubt", "(has|have|is|been) proven",
        "(it|they|this|that|which|i|he|she|you|code|\\w+s?) (never|always) (fails?|works?|lies?|ha(s|ve|d)|makes?|wins?|lose|losing|be|is|are|true|right|wrong|the best|can|tell|cures?|helps?|goes|breaks?)",
        "always (works?|true|right|the best|the case|on time|safe)", "works? (for everyone|every time|on everyone)",
        "(in )?every (single )?(time|case)",
        "(cures?|prevents?|heals?|stops?|removes?|fixes|solves?) (any|all|every|everything|each)( \\w+)?",
        "you (can't|cannot|can not|won't|will never|'ll never) (lose|fail|go wrong|have pain)",
        "you('ll| will) (never|always|definitely)", "(can't|cannot|can never|never) (go wrong|fail)", "everyone knows|everybody knows",
        "(it's|it is|that's|this is) (a fact|impossible|obvious|perfect)", "trust me", "(you have )?my word", "i promise",
        "no matter what", "(gone|cured|fixed|removed|disappears?|pain) for good", "forever",
        "nothing (ever|can|will) (\\w+ )?(through|wrong|happens?|go)", "nothing to (check|worry about)",
        "(must|has to) (agree|win|work|be true)", "never (make|makes|made) (a )?(mistakes?|errors?)",
        "(don't|do not) make (mistakes|errors)", "there (is|are|are no|is no) (\\w+ )?(doubt|side effects|surprises)",
        "impossible (that|to fail)", "zero chance", "exactly \\d[\\d,.]*", "\\d[\\d,.]* exactly");

    /// <summary>Words that turn a claim of certainty into its denial.</summary>
    public static readonly Phrases Denials = new(
        "(not|isn't|aren't|wasn't|never|nothing is|nobody is|no one is|hardly|rarely|cannot be|can't be|can't|cannot) (\\w+ )?(guaranteed?|certain|sure|safe|always|perfect|complete(ly)?|100|proven|definitely|a fact|entirely|fully|absolutely|risk-free|every)",
        "no(body| one)? (guarantee|can (know|promise|guarantee))",
        "no (program|method|product|medicine|plan|test|treatment|diet|tool|system|lock|one|cure) (is|can|catches|works|stops|prevents)",
        "claims? (to|that)", "(beware|careful|wary|sceptical|skeptical) of", "anyone who (promises|says|claims)",
        "without (any )?guarantee");
}
