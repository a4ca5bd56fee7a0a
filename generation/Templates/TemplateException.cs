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

/// <summary>A place in a template.</summary>
internal readonly record struct TemplatePosition(string Source, int Offset)
{
    /// <summary>Its line, from 1.</summary>
    public int Line => Before.Count('\n') + 1;

    /// <summary>Its column, from 1.</summary>
    public int Column => Before.Length - Before.LastIndexOf('\n');

    private ReadOnlySpan<char> Before => Source.AsSpan(0, Math.Min(Offset, Source.Length));
}
