using System.Text;

namespace RailCluster.Generation;

/// <summary>Names that are seen in one part of a template, and the part around it.</summary>
internal sealed class TemplateFrame(TemplateFrame? outer)
{
    /// <summary>The frame around it.</summary>
    public TemplateFrame? Outer => outer;

    /// <summary>Its own names.</summary>
    public Dictionary<string, object?> Names { get; } = new(StringComparer.Ordinal);
}

/// <summary>Names, output and limits of one rendering.</summary>
internal sealed class TemplateScope
{
    // A template is a file from anywhere: it may not run, write, nest or fill memory for ever.
    private const int MostSteps = 2_000_000;
    private const int LongestOutput = 4_000_000;
    private const int MostMade = 50_000_000;
    private const int Deepest = 400;

    private readonly Stack<StringBuilder> _outputs = new([new StringBuilder()]);
    private long _steps;
    private int _depth;
    private long _made;

    /// <summary>The names that are seen now.</summary>
    public TemplateFrame Frame { get; private set; } = new(null);

    /// <summary>What was written.</summary>
    public string Output => _outputs.Peek().ToString();

    /// <summary>A name's value, the innermost first; false where there is none.</summary>
    public bool TryGet(string name, out object? value)
    {
        for (TemplateFrame? frame = Frame; frame is not null; frame = frame.Outer)
        {
            if (frame.Names.TryGetValue(name, out value))
                return true;
        }

        value = null;
        return false;
    }

    /// <summary>Sets a name where it is seen until the frame ends.</summary>
    public void Set(string name, object? value) => Frame.Names[name] = value;

    /// <summary>Begins a frame inside another, and gives the one to go back to.</summary>
    public TemplateFrame Push(TemplateFrame outer)
    {
        TemplateFrame before = Frame;
        Frame = new TemplateFrame(outer);
        return before;
    }

    /// <summary>Goes back to a frame.</summary>
    public void Pop(TemplateFrame before) => Frame = before;

    /// <summary>Counts a step, or several at once.</summary>
    public void Step(TemplatePosition position, long count = 1)
    {
        if ((_steps += count) > MostSteps)
            throw new TemplateException($"the template takes more than {MostSteps} steps", position);
    }

    /// <summary>Counts a step inside others, until <see cref="Leave"/>.</summary>
    public void Enter(TemplatePosition position)
    {
        Step(position);
        // Nesting recurses, and a stack that overflows takes the process with it.
        if (++_depth > Deepest)
            throw new TemplateException($"the template nests more than {Deepest} deep", position);
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public void Leave() => _depth--;

    /// <summary>Counts what is about to be made: the characters of a text, or the entries of a list.</summary>
    public void Make(long size, TemplatePosition position)
    {
        Fit(size, position);
        if ((_made += size) > MostMade)
            throw new TemplateException($"the template makes texts and lists of more than {MostMade} characters in all", position);
    }

    /// <summary>Checks the size of one text or list.</summary>
    public static void Fit(long size, TemplatePosition position)
    {
        if (size > LongestOutput)
            throw new TemplateException($"the template makes a text or list of more than {LongestOutput} characters or entries", position);
    }

    /// <summary>Writes.</summary>
    public void Write(string text, TemplatePosition position)
    {
        StringBuilder output = _outputs.Peek();
        if (output.Length + text.Length > LongestOutput)
            throw new TemplateException($"the template writes more than {LongestOutput} characters", position);
        Make(text.Length, position);
        output.Append(text);
    }

    /// <summary>Keeps what is written from now on apart.</summary>
    public void Capture() => _outputs.Push(new StringBuilder());

    /// <summary>What was written since <see cref="Capture"/>.</summary>
    public string Captured() => _outputs.Pop().ToString();
}
