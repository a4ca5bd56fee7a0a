using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Proves that a model is asked as it was trained to be, before anything it says is believed.</summary>
internal static class Canaries
{
    private const string Question = "Hello, how are you?";
    private const int AnswerTokens = 16;

    /// <summary>Texts that strain a tokenizer.</summary>
    public static readonly string[] Texts =
    [
        "The quick brown fox, 12345 times!",
        "Zo\u00eb caf\u00e9 \u00fcber na\u00efve \u2013 \u4f60\u597d",
        "\ud83d\ude42 and \ud83d\udc69\u200d\ud83d\udd2c",
        "one\n\ntwo\r\n\tthree   four ",
    ];

    /// <summary>Runs them all; a failure never throws, cancelling does.</summary>
    public static CanaryReport Run(LoadedModel model, GenerationSettings settings, CancellationToken cancellationToken)
    {
        int[]? prompt = null;
        var canaries = ImmutableArray.CreateBuilder<Canary>();
        canaries.Add(RoundTrip(model.Tokenizer));
        canaries.Add(Template(model, settings, out prompt));
        if (prompt is not null)
            canaries.Add(BosOnce(model, settings, prompt));
        canaries.Add(EndToken(model));
        if (model.Adapter is { } adapter)
            canaries.Add(AdapterCanary.Run(model, adapter, cancellationToken));
        canaries.Add(Answer(model, settings, cancellationToken));
        return new CanaryReport(canaries.ToImmutable());
    }

    /// <summary>Proves that text comes back from tokens.</summary>
    internal static Canary RoundTrip(ModelTokenizer tokenizer)
    {
        const string name = "tokenizer-round-trip";
        foreach (string text in Texts)
        {
            int[] ids = tokenizer.Encode(text, addSpecialTokens: false);
            string back = tokenizer.Decode(ids, skipSpecial: false);
            // A tokenizer may set a space before a text. One that writes text anew must at least leave alone what it wrote.
            bool same = back == text || back == " " + text;
            if (!same && !(tokenizer.Rewrites && tokenizer.Encode(back, addSpecialTokens: false).SequenceEqual(ids)))
                return new Canary(name, false, $"\"{Shown(text)}\" came back as \"{Shown(back)}\"");
        }

        return new Canary(name, true, $"{Texts.Length} texts came back as they went in");
    }

    private static Canary Template(LoadedModel model, GenerationSettings settings, out int[]? prompt)
    {
        const string name = "template";
        prompt = null;
        try
        {
            prompt = model.Encoder.Encode(new PromptInput.Text(Question), settings.Raw);
        }
        catch (TemplateException e)
        {
            return new Canary(name, false, e.Message);
        }

        string how = settings.Raw ? "raw: the text as it is" : model.Template is { } template ? $"the template of {template.Origin}" : "no template: the text with special tokens";
        bool carries = model.Tokenizer.Decode(prompt, skipSpecial: false).Contains(Question, StringComparison.Ordinal);
        return new Canary(name, carries, carries ? how : $"{how} does not carry the question to the model");
    }

    private static Canary BosOnce(LoadedModel model, GenerationSettings settings, int[] prompt)
    {
        const string name = "bos-once";
        if (model.Tokenizer.BosId is not { } bos)
            return new Canary(name, true, "the tokenizer names no BOS");
        int count = prompt.Count(id => id == bos);
        // Some models use one token for both ends, and templates that close each turn with it.
        bool shared = bos == model.Tokenizer.EosId || model.EosIds.Contains(bos);
        bool right = settings.Raw || shared || (count == 1 && prompt[0] == bos) || (count == 0 && !model.Tokenizer.AddsBos);
        return new Canary(name, right, $"BOS ({model.Tokenizer.BosText}) stands {count} times{(right ? "" : ", and must stand once, in front")}");
    }

    private static Canary EndToken(LoadedModel model)
    {
        const string name = "end-token";
        int vocabulary = model.Vocabulary;
        if (model.EosIds.IsEmpty)
            return new Canary(name, false, "no end token is known: set eos_token_id in generation_config.json");
        int[] outside = [.. model.EosIds.Where(id => id < 0 || id >= vocabulary)];
        return outside.Length == 0
            ? new Canary(name, true, string.Join(", ", model.EosIds))
            : new Canary(name, false, $"the end token {outside[0]} is outside the model's vocabulary of {vocabulary}");
    }

    private static Canary Answer(LoadedModel model, GenerationSettings settings, CancellationToken cancellationToken)
    {
        const string name = "answer";
        GenerationOutcome? outcome = null;
        GenerationSettings small = settings with { MaxNewTokens = AnswerTokens, MinNewTokens = Math.Min(settings.MinNewTokens, AnswerTokens) };
        try
        {
            model.NewLoop(1, TimeProvider.System).Run(
                [new GenerationRequest("canary", new PromptInput.Text(Question))],
                small,
                (answer, _) => outcome = answer.Outcome,
                cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            return new Canary(name, false, $"the graph fails when it is run: {e.Message.Split('\n')[0]}");
        }

        return outcome switch
        {
            GenerationOutcome.Answered answered => new Canary(
                name, true, $"{answered.OutputTokens} tokens, ended by {answered.Finish.ToString().ToLowerInvariant()}"),
            GenerationOutcome.Unanswerable unanswerable => new Canary(name, false, unanswerable.Reason),
            GenerationOutcome.Failed failed => new Canary(name, false, failed.Error),
            _ => new Canary(name, false, "the model gave no answer"),
        };
    }

    private static string Shown(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
