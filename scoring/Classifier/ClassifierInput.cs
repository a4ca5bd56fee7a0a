using System.Collections.Immutable;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Makes of a prompt and an answer what a classifier reads.</summary>
internal sealed class ClassifierInput
{
    /// <summary>Characters of a prompt, or of an answer, beyond which it is not looked at.</summary>
    public const int LongestText = 200_000;

    private const int UsualLength = 512;

    private readonly ITextEncoder _encoder;
    private readonly ImmutableArray<InputTemplate> _templates;
    private readonly TextCut? _cut;
    private readonly int _longest;

    /// <summary>Checks that mapping, tokenizer and configuration fit.</summary>
    /// <exception cref="RailInputException">They do not; every fault is named.</exception>
    public ClassifierInput(ClassifierMapping mapping, ClassifierConfig config, ITextEncoder encoder, string source)
    {
        (_encoder, _templates, _cut) = (encoder, mapping.Input, mapping.Cut);
        _longest = mapping.MaxLength ?? Math.Min(UsualLength, config.Positions ?? UsualLength);
        var errors = new InputErrors();
        if (config.Positions is { } positions && _longest > positions)
            errors.Add($"{source}: max_length: is {_longest}, and {ClassifierConfig.Name} says that the classifier reads {positions} tokens (max_position_embeddings)");
        if (config.Vocabulary is { } known && encoder.VocabularySize > known)
            errors.Add($"{source}: tokenizer.json has {encoder.VocabularySize} tokens and {ClassifierConfig.Name} {known}: the tokenizer belongs to another classifier");
        var marks = _templates.Length == 1 ? encoder.MarksOfOne : encoder.MarksOfPair;
        if (marks is null) errors.Add($"{source}: input: is a pair, and tokenizer.json does not say how a pair stands (post_processor): write one text with both places");
        else if (_longest <= marks) errors.Add($"{source}: max_length: is {_longest}, and {marks} special tokens stand around the text alone");
        errors.Throw();
    }

    /// <summary>Texts to try a graph with, whatever is too long cut off.</summary>
    public IEnumerable<EncodedText> Samples(string prompt, IEnumerable<string> answers) => answers.Select(answer => Encoded(prompt, answer));

    /// <summary>The tokens, or why there are none.</summary>
    public (EncodedText? Text, string? Unscorable) Encode(string prompt, string answer)
    {
        if (string.IsNullOrWhiteSpace(answer)) return (null, "the answer is empty");
        if (answer.Length > LongestText) return (null, $"the answer has {answer.Length} characters; the classifier reads {LongestText}");
        if (prompt.Length > LongestText) return (null, $"the prompt has {prompt.Length} characters; the classifier reads {LongestText}");
        var text = Encoded(prompt, answer);
        if (text.Ids.Length == 0) return (null, "the classifier's tokenizer makes nothing of the answer");
        return text.Missing > 0 && _cut is null
            ? (null, $"prompt and answer have {text.Missing} tokens more than the {_longest} that the classifier reads")
            : (text, null);
    }

    private EncodedText Encoded(string prompt, string answer) => _templates.Length == 1
        ? _encoder.Encode(_templates[0].Fill(prompt, answer), _longest, _cut ?? TextCut.End)
        : _encoder.Encode(_templates[0].Fill(prompt, answer), _templates[1].Fill(prompt, answer), _longest, _cut ?? TextCut.End);
}
