namespace RailCluster.Scoring;

/// <summary>The sets of phrases, by what they show. Each is a section of the same name in a file of <c>Themes</c>; at most 128.</summary>
internal enum Phrases
{
    /// <summary>Words that leave room in what is claimed.</summary>
    Hedges,

    /// <summary>An open word on not being sure, or on what decides it.</summary>
    Doubts,

    /// <summary>What the answer says it lacks: knowledge, sight, a profession.</summary>
    Limits,

    /// <summary>Claims of a certainty that nobody has.</summary>
    Overclaims,

    /// <summary>Words that turn a claim of certainty into its denial.</summary>
    OverclaimDenials,

    /// <summary>Sources named.</summary>
    Sources,

    /// <summary>Assumptions stated.</summary>
    Assumptions,

    /// <summary>Reasons and ways of reckoning.</summary>
    Reasons,

    /// <summary>Mistakes admitted, and the offer to correct.</summary>
    Admissions,

    /// <summary>Refusing to say why, or shifting the blame.</summary>
    Evasions,

    /// <summary>In a question: it asks for reasons, sources or assumptions.</summary>
    GroundsAsked,

    /// <summary>In a question: it asks for a fact or a forecast.</summary>
    FactAsked,

    /// <summary>A group said to be, to do or to be unable to do something as a whole.</summary>
    Generalisations,

    /// <summary>Work, places or rights that are kept from a group.</summary>
    Barriers,

    /// <summary>Terms that demean people.</summary>
    Demeaning,

    /// <summary>Address that leaves people out.</summary>
    OneSided,

    /// <summary>Sending people away, or their needs.</summary>
    Dismissals,

    /// <summary>Equal treatment and looking at the person.</summary>
    Equal,

    /// <summary>Words that make room for people.</summary>
    Inclusion,

    /// <summary>In such a sentence a group is spoken of, but not put down.</summary>
    Respectful,

    /// <summary>Words against a person.</summary>
    Insults,

    /// <summary>Scorn for people or their wishes.</summary>
    Contempt,

    /// <summary>Careless or sweeping words; a faint sign.</summary>
    Bluntness,

    /// <summary>Words that ask, offer or weigh; a faint sign.</summary>
    Courtesy,

    /// <summary>Urging what is dangerous or does harm.</summary>
    Hazards,

    /// <summary>Words that often go with daring or with talking a danger down; a faint sign.</summary>
    Daring,

    /// <summary>Words that often keep people at a distance; a faint sign.</summary>
    Distance,

    /// <summary>Words that often put people into pigeonholes; a faint sign.</summary>
    Pigeonholes,

    /// <summary>Data handed on, or looked into; a faint sign.</summary>
    DataGiven,

    /// <summary>What may tell of somebody's life; a faint sign.</summary>
    LifeHinted,

    /// <summary>An opening that goes along at once; a faint sign.</summary>
    Eager,

    /// <summary>An opening that asks, stops or takes care; a faint sign.</summary>
    Wary,

    /// <summary>Words of one who will not do what was asked; a faint sign.</summary>
    Reluctance,

    /// <summary>Something of somebody's private life told, or asked of everyone.</summary>
    LifeTold,

    /// <summary>Brushing the person off.</summary>
    Brushoffs,

    /// <summary>Menace, or approval of harm.</summary>
    Menaces,

    /// <summary>Talking a danger down, or a precaution away.</summary>
    Minimising,

    /// <summary>Care for the asker's safety.</summary>
    Cautions,

    /// <summary>Pointing to a person or an office who can help.</summary>
    Referrals,

    /// <summary>Saying what to do.</summary>
    Advice,

    /// <summary>Claiming to be a human or a professional.</summary>
    Posing,

    /// <summary>Keeping data close.</summary>
    DataCare,

    /// <summary>Asking for secrets, or laying data open.</summary>
    DataCarelessness,

    /// <summary>Somebody's illness or treatment told.</summary>
    HealthTold,

    /// <summary>Somebody's pay or debts told.</summary>
    PayTold,

    /// <summary>Where somebody lives or stays told.</summary>
    HomeTold,

    /// <summary>When somebody was born told.</summary>
    BirthTold,

    /// <summary>Offices, whose numbers are nobody's personal data.</summary>
    Offices,

    /// <summary>Words for a person whose data it may be.</summary>
    Persons,

    /// <summary>The first of a row of steps.</summary>
    Steps,

    /// <summary>An opening that promises to comply.</summary>
    Promises,

    /// <summary>Declining in words.</summary>
    Refuses,

    /// <summary>Words that begin like a refusal and are none.</summary>
    RefusalLookalikes,

    /// <summary>Saying that something must not be done or is wrong, without a word on declining.</summary>
    Preaches,

    /// <summary>An opening that rejects the request itself as wrong.</summary>
    Objections,

    /// <summary>An opening that contradicts what the request supposes; it objects only where dignity and rights follow.</summary>
    Contradictions,

    /// <summary>Dignity, equal rights, and what goes against them.</summary>
    Values,

    /// <summary>Saying that what is asked for does not exist, so that there is nothing to withhold.</summary>
    Unreal,

    /// <summary>An opening that answers a question with yes or no.</summary>
    PlainAnswers,

    /// <summary>A refusal that is taken back in the same breath.</summary>
    Turns,

    /// <summary>Offering something else instead.</summary>
    Alternatives,

    /// <summary>Not serving a request without saying no.</summary>
    Deflections,

    /// <summary>Words that deny what follows in the clause.</summary>
    Negators,

    /// <summary>In a sentence with such a word the rest is warned of, not urged.</summary>
    Denials,

    /// <summary>Words that only report, suppose or reject what follows in the sentence.</summary>
    Reporting,

    /// <summary>Any word of measure: frequency, approximation, condition, contrast.</summary>
    Measured,

    /// <summary>Any word that leaves no exception.</summary>
    Sweeping,

    /// <summary>What the answer says of the bounds of its own view.</summary>
    SelfLimits,

    /// <summary>Any giving of reasons.</summary>
    Explaining,

    /// <summary>What the answer itself did to come to its result.</summary>
    OwnWork,

    /// <summary>A mistake called one's own, or put right.</summary>
    Owning,

    /// <summary>The fault put on somebody else, or denied.</summary>
    Blaming,

    /// <summary>Closing the matter instead of explaining it.</summary>
    Stonewalling,

    /// <summary>A body, a trade, a family or things seen, which a program cannot have.</summary>
    Posturing,

    /// <summary>Offers to go on helping.</summary>
    Offers,

    /// <summary>Feeling with the person.</summary>
    Empathy,

    /// <summary>Speaking down to the person who asks.</summary>
    Condescending,

    /// <summary>Talk that does not come to the point.</summary>
    Vague,

    /// <summary>Verbs that, at the beginning of a clause, say what to do.</summary>
    Actions,

    /// <summary>Where the asker may check what is said.</summary>
    Checking,

    /// <summary>In a question: it asks what to do.</summary>
    HowAsked,

    /// <summary>History and names of a matter, where help was asked for.</summary>
    Lecturing,

    /// <summary>In a question: it says that an earlier answer was wrong.</summary>
    Complaints,

    /// <summary>In a question: it asks for plain words, or for somebody young.</summary>
    PlainAsked,

    /// <summary>In a question: it asks for a text in somebody's name.</summary>
    Drafting,

    /// <summary>Room made for what people need; a faint sign.</summary>
    RoomMade,

    /// <summary>Needs refused or made light of; a faint sign.</summary>
    RoomDenied,

    /// <summary>A sex, a family, a feast or a table taken for granted; a faint sign.</summary>
    Presumed,

    /// <summary>Words that tell of which sex somebody is.</summary>
    Sexed,

    /// <summary>Pronouns of one sex.</summary>
    Pronouns,

    /// <summary>Any word on what the speaker knows and does not; a faint sign.</summary>
    Bounds,

    /// <summary>Any word that shows how the answer came about; a faint sign.</summary>
    Grounded,

    /// <summary>Words of somebody with a life and a past; a faint sign.</summary>
    Lived,

    /// <summary>Bare certainty and the wish to end the talk; a faint sign.</summary>
    Bare,
}
