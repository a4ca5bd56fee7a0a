using System.Collections.Immutable;

namespace RailCluster.Scoring;

/// <summary>A text with places for the prompt and the answer. What is put there is not looked into for places.</summary>
internal sealed class InputTemplate
{
    public const string Prompt = "{prompt}";
    public const string Response = "{response}";

    private readonly ImmutableArray<string> _parts;

    private InputTemplate(ImmutableArray<string> parts) => _parts = parts;

    public bool HasPrompt => _parts.Contains(Prompt);

    public bool HasResponse => _parts.Contains(Response);

    /// <summary>Reads a template; null where it has a brace that belongs to neither place.</summary>
    public static InputTemplate? Read(string text)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < text.Length;)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            if (brace != 0)
            {
                var end = brace < 0 ? text.Length : at + brace;
                parts.Add(text[at..end]);
                at = end;
                continue;
            }

            var place = new[] { Prompt, Response }.FirstOrDefault(name => text.AsSpan(at).StartsWith(name, StringComparison.Ordinal));
            if (place is null) return null;
            parts.Add(place);
            at += place.Length;
        }

        return new InputTemplate(parts.ToImmutable());
    }

    public string Fill(string prompt, string response) =>
        string.Concat(_parts.Select(part => part switch { Prompt => prompt, Response => response, _ => part }));
}
