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
    ImmutableSortedSet<int> EosIds)
{
    /// <summary>Turns prompts into tokens.</summary>
    public PromptEncoder Encoder { get; } = new(Tokenizer, Template);

    /// <summary>Why prompts are answered one at a time; null where they share steps.</summary>
    public string? OneRowReason => Folder.Signature.OneRowReason ?? (Folder.Config.SlidingWindow is null ? null : "attention slides over a window");

    /// <summary>Tokens that the model knows; null where neither the graph nor config.json says.</summary>
    public int? Vocabulary => Folder.Signature.Vocabulary ?? Folder.Config.Vocabulary;

    /// <summary>A loop over this model.</summary>
    public BatchLoop NewLoop(int slots)
    {
        bool one = OneRowReason is not null;
        return new BatchLoop(Session, Folder.Signature, Prepare, one ? 1 : slots, exact: one);
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
        int vocabulary = Vocabulary ?? int.MaxValue;
        int wrong = Array.FindIndex(tokens, id => id < 0 || id >= vocabulary);
        return wrong < 0 ? null : $"token {tokens[wrong]} at position {wrong} is outside the model's vocabulary of {vocabulary}";
    }

    private static PreparedPrompt Refuse(GenerationRequest request, string reason) =>
        new([], null, new GeneratedText(request.Id, new GenerationOutcome.Unanswerable(reason), []));
}
