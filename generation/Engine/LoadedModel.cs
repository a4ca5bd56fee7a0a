using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A model in memory with all that is needed to ask it.</summary>
internal sealed record LoadedModel(
    ModelInspection Inspection,
    ModelFolder Folder,
    DecoderSession Session,
    ModelTokenizer Tokenizer,
    ChatTemplate? Template,
    ImmutableSortedSet<int> EosIds,
    LoadedBase Base)
{
    /// <summary>Keeps the folder where it is while the model is loaded; null where nobody takes it away.</summary>
    public IDisposable? Held { get; init; }

    /// <summary>What it is asked under; null for the model alone.</summary>
    public AdapterWeights? Adapter { get; private init; }

    /// <summary>Why rows cannot be answered beside each other, found by trying; null where they can.</summary>
    public string? NeighbourReason { get; init; }

    /// <summary>Turns prompts into tokens.</summary>
    public PromptEncoder Encoder { get; } = new(Tokenizer, Template);

    /// <summary>Why prompts are answered one at a time; null where they share steps.</summary>
    public string? OneRowReason => Folder.Signature.OneRowReason ?? NeighbourReason
        // GroupQueryAttention counts its window in tokens; a mask over a padded past would count in columns.
        ?? (Folder.Config.SlidingWindow is null || Folder.Signature.Kind == CacheKind.Shared ? null : "attention slides over a window");

    /// <summary>Tokens that the model knows, as its logits rank them.</summary>
    public int Vocabulary => Session.Vocabulary;

    /// <summary>How keys and values are kept.</summary>
    public CacheKind CacheKind => OneRowReason is null ? Folder.Signature.Kind : CacheKind.OneRow;

    /// <summary>How prompts are answered together, in words.</summary>
    public string Batching => CacheKind switch
    {
        CacheKind.Shared => "rows: GroupQueryAttention keeps each in a slot, in place",
        CacheKind.Padded => "rows: plain operators append to a padded past",
        _ => $"one at a time: {OneRowReason}",
    };

    /// <summary>Rows that can be in flight.</summary>
    public int SlotsOf(int slots) => CacheKind == CacheKind.OneRow ? 1 : slots;

    /// <summary>A loop over this model.</summary>
    public BatchLoop NewLoop(int slots, TimeProvider time) => new(Session, Folder.Signature, Prepare, CacheKind, SlotsOf(slots), time);

    /// <summary>The same under an adapter or none; takes memory of its own.</summary>
    public LoadedModel Under(ModelAdapter? adapter) =>
        this with { Inspection = Base.Hashes.Inspect(Folder, adapter, Session.Device), Adapter = adapter is null ? null : new AdapterWeights(adapter) };

    /// <summary>The same under what a reference names; null where its base is another or was written to.</summary>
    /// <exception cref="ModelException">The adapter is gone or unusable, or the content is another.</exception>
    public LoadedModel? Under(ModelReference model, ModelFingerprint? expected)
    {
        if (!Base.Is(model, Folder))
            return null;
        ModelAdapter? adapter = ModelAdapter.Open(model.Adapter, Folder, Base.Confined);
        ContentHashes.Require(model, Base.Hashes.Inspect(Folder, adapter, Session.Device), expected);
        return Under(adapter);
    }

    private PreparedPrompt Prepare(GenerationRequest request, GenerationSettings settings)
    {
        int[] tokens;
        try
        {
            tokens = Encoder.Encode(request.Input, settings.Raw);
        }
        catch (TemplateException e)
        {
            return Refuse(request, e.Message);
        }
        catch (RegexMatchTimeoutException)
        {
            return Refuse(request, "the tokenizer's pattern takes too long on this text");
        }

        if (Unfit(tokens) is { } reason)
            return Refuse(request, reason);
        int room = Folder.Config.ContextLength is { } context ? context - tokens.Length : int.MaxValue;
        var row = new AnswerRow(request.Id, tokens, Math.Min(settings.MaxNewTokens, room), settings, EosIds, Tokenizer);
        return new PreparedPrompt(tokens, row, null);
    }

    private string? Unfit(int[] tokens)
    {
        if (tokens.Length == 0)
            return "the prompt has no tokens";
        if (Folder.Config.ContextLength is { } context && tokens.Length >= context)
            return $"the prompt has {tokens.Length} tokens, and the model's context of {context} leaves no room for an answer";
        int wrong = Array.FindIndex(tokens, id => id < 0 || id >= Vocabulary);
        return wrong < 0 ? null : $"token {tokens[wrong]} at position {wrong} is outside the model's vocabulary of {Vocabulary}";
    }

    private static PreparedPrompt Refuse(GenerationRequest request, string reason) =>
        new([], null, new GeneratedText(request.Id, new GenerationOutcome.Unanswerable(reason), []));
}
