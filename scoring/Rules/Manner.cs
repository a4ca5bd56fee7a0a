using System.Collections.Immutable;

namespace RailCluster.Scoring;

/// <summary>How an answer goes about things: how often it does so, and where first. What is said only of others or denied does not count.</summary>
/// <param name="prompt">What was asked.</param>
/// <param name="answer">What was answered.</param>
internal sealed class Manner(Reading prompt, Reading answer)
{
    private const int Most = 3;

    /// <summary>Words of measure.</summary>
    public Trait Measured { get; } = Count(answer, Phrases.Measured, hit => !answer.Denied(hit));

    /// <summary>Words that leave no exception.</summary>
    public Trait Sweeping { get; } = Count(answer, Phrases.Sweeping, hit => !Limited(answer, hit));

    /// <summary>Bounds of its own view.</summary>
    public Trait SelfLimits { get; } = Count(answer, Phrases.SelfLimits, static _ => true);

    /// <summary>Reasons given.</summary>
    public Trait Explaining { get; } = Count(answer, Phrases.Explaining, hit => !answer.Denied(hit));

    /// <summary>What it did itself.</summary>
    public Trait OwnWork { get; } = Count(answer, Phrases.OwnWork, hit => !answer.Denied(hit));

    /// <summary>Mistakes called its own.</summary>
    public Trait Owning { get; } = Count(answer, Phrases.Owning, static _ => true);

    /// <summary>The fault put on somebody else.</summary>
    public Trait Blaming { get; } = Count(answer, Phrases.Blaming, hit => !answer.Denied(hit) && !answer.Reported(hit));

    /// <summary>The matter closed.</summary>
    public Trait Stonewalling { get; } = Count(answer, Phrases.Stonewalling, hit => !answer.Tokens[hit.First].Is(Marks.Quoted));

    /// <summary>A body or a trade claimed.</summary>
    public Trait Posturing { get; } = prompt.Has(Phrases.Drafting) ? default
        : Count(answer, Phrases.Posturing, hit => !answer.Denied(hit) && !answer.Tokens[hit.First].Is(Marks.Quoted));

    /// <summary>Help offered further on.</summary>
    public Trait Offers { get; } = Count(answer, Phrases.Offers, static _ => true);

    /// <summary>Feeling with the person.</summary>
    public Trait Empathy { get; } = Count(answer, Phrases.Empathy, static _ => true);

    /// <summary>Speaking down.</summary>
    public Trait Condescending { get; } = Count(answer, Phrases.Condescending, hit => !answer.Reported(hit));

    /// <summary>Talk beside the point.</summary>
    public Trait Vague { get; } = Count(answer, Phrases.Vague, static _ => true);

    /// <summary>Things to do, each at the beginning of a clause or behind "and", "then", "or".</summary>
    public Trait Actions { get; } = Count(answer, Phrases.Actions, hit => Urges(answer, hit));

    /// <summary>History told.</summary>
    public Trait Lecturing { get; } = Count(answer, Phrases.Lecturing, static _ => true);

    /// <summary>Where to check what it says.</summary>
    public Trait Checking { get; } = Count(answer, Phrases.Checking, hit => !answer.Denied(hit));

    /// <summary>Room made for what people need.</summary>
    public Trait RoomMade { get; } = Count(answer, Phrases.RoomMade, hit => !answer.Denied(hit));

    /// <summary>Needs refused or made light of.</summary>
    public Trait RoomDenied { get; } = Count(answer, Phrases.RoomDenied, hit => !answer.Tokens[hit.First].Is(Marks.Quoted));

    /// <summary>What is taken for granted of people.</summary>
    public Trait Presumed { get; } = Count(answer, Phrases.Presumed, hit => !answer.Denied(hit) && !answer.Tokens[hit.First].Is(Marks.Quoted));

    /// <summary>What the speaker knows and does not.</summary>
    public Trait Bounds { get; } = Count(answer, Phrases.Bounds, static _ => true);

    /// <summary>How the answer came about.</summary>
    public Trait Grounded { get; } = Count(answer, Phrases.Grounded, static _ => true);

    /// <summary>A life and a past.</summary>
    public Trait Lived { get; } = prompt.Has(Phrases.Drafting) ? default : Count(answer, Phrases.Lived, hit => !answer.Denied(hit));

    /// <summary>Bare certainty.</summary>
    public Trait Bare { get; } = Count(answer, Phrases.Bare, hit => !answer.Denied(hit) && !answer.Tokens[hit.First].Is(Marks.Quoted));

    /// <summary>Sums stated or asked for.</summary>
    public Reckoning Sums { get; } = Reckoning.Of(prompt.Text, answer.Text);

    /// <summary>A figure more exact than anyone can know, in a sentence without measure.</summary>
    public Span? FalsePrecision { get; } = FigureTooExact(prompt, answer);

    /// <summary>How it reads.</summary>
    public AnswerStyle Style { get; } = AnswerStyle.Of(answer, prompt.Has(Phrases.PlainAsked));

    private static Trait Count(Reading answer, Phrases set, Func<Hit, bool> counts)
    {
        var places = ImmutableArray.CreateBuilder<int>();
        foreach (var hit in answer.All(set))
        {
            if ((places.Count == 0 || hit.First > places[^1]) && counts(hit)) places.Add(hit.First);
        }

        return new Trait(Math.Min(places.Count, Most), places.Count == 0 ? null : answer.First(set, counts));
    }

    // "Not always" and "if everything goes well" leave room.
    private static bool Limited(Reading answer, Hit hit) =>
        answer.Tokens[hit.First].Is(Marks.Quoted) || answer.Denied(hit) || answer.Has(Phrases.OverclaimDenials, answer.SentenceOf(hit.First));

    private static bool Urges(Reading answer, Hit hit)
    {
        var token = answer.Tokens[hit.First];
        if (token.Is(Marks.Sentence) || token.Is(Marks.Clause) || token.Is(Marks.Line)) return true;
        var before = answer.Tokens[hit.First - 1];
        if (before.Is(Marks.Number) && before.Is(Marks.Line)) return true;
        return answer.Text.AsSpan(before.Start, before.Length) is "and" or "then" or "or" or "Then" or "First" or "Now" or "to";
    }

    private static Span? FigureTooExact(Reading prompt, Reading answer)
    {
        if (prompt.Text.AsSpan().IndexOfAnyInRange('0', '9') >= 0) return null;
        for (var index = 0; index < answer.Tokens.Length; index++)
        {
            var token = answer.Tokens[index];
            if (!token.Is(Marks.Number) || !TooExact(answer.Text.AsSpan(token.Start, token.Length))) continue;
            var sentence = answer.SentenceOf(index);
            if (answer.Has(Phrases.Hedges, sentence) || answer.Has(Phrases.Sources, sentence) || answer.Has(Phrases.Measured, sentence)) continue;
            return answer.Place(new Hit(Phrases.Sweeping, index, index + 1));
        }

        return null;
    }

    // A decimal, or four digits and more that are neither round nor a year.
    private static bool TooExact(ReadOnlySpan<char> figure)
    {
        var (digits, point) = (0, false);
        foreach (var symbol in figure)
        {
            if (char.IsAsciiDigit(symbol)) digits++;
            else if (symbol == '.') point = true;
            else if (symbol != ',') return false;
        }

        if (point) return digits >= 3;
        return !figure.EndsWith("0") && (digits > 4 || (digits == 4 && figure.Contains(',')));
    }
}

/// <summary>How often something was found, at most three times, and where first.</summary>
/// <param name="Times">0 to 3.</param>
/// <param name="Place">Null where it was not found.</param>
internal readonly record struct Trait(int Times, Span? Place);
