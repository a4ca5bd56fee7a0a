namespace RailCluster.Generation;

/// <summary>A chat template, or a conversation that it refuses, cannot be rendered; the message says what and, for the template, where.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Creates it with one line for a person.</summary>
    public TemplateException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with the template's line and column, both from 1.</summary>
    internal TemplateException(string message, TemplatePosition position)
        : base($"{message} (line {position.Line}, column {position.Column})")
    {
    }
}

/// <summary>A place in a template, counted from 1.</summary>
internal readonly record struct TemplatePosition(int Line, int Column)
{
    /// <summary>The place of an offset in a source.</summary>
    public static TemplatePosition Of(string source, int offset)
    {
        ReadOnlySpan<char> before = source.AsSpan(0, Math.Min(offset, source.Length));
        return new TemplatePosition(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
