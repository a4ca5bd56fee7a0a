using System.Text;

namespace RailCluster.Generation;

/// <summary>Names, output and limits of one rendering.</summary>
internal sealed class TemplateScope
{
    // A template is a file from anywhere: it may not run or write for ever.
    private const int MostSteps = 1_000_000;
    private const int LongestOutput = 4_000_000;

    private readonly List<Dictionary<string, object?>> _frames = [new(StringComparer.Ordinal)];
    private readonly StringBuilder _output = new();
    private int _steps;

    /// <summary>What was written.</summary>
    public string Output => _output.ToString();

    /// <summary>A name's value, the innermost first; undefined where there is none.</summary>
    public object? Get(string name)
    {
        for (int i = _frames.Count - 1; i >= 0; i--)
        {
            if (_frames[i].TryGetValue(name, out object? value))
                return value;
        }

        return TemplateValues.Undefined;
    }

    /// <summary>Sets a name where it is seen until the loop's round ends.</summary>
    public void Set(string name, object? value) => _frames[^1][name] = value;

    /// <summary>Begins a loop's round.</summary>
    public void Push() => _frames.Add(new(StringComparer.Ordinal));

    /// <summary>Ends it.</summary>
    public void Pop() => _frames.RemoveAt(_frames.Count - 1);

    /// <summary>Counts a step.</summary>
    public void Step(TemplatePosition position)
    {
        if (++_steps > MostSteps)
            throw new TemplateException($"the template takes more than {MostSteps} steps", position);
    }

    /// <summary>Checks a text's length before it is built further.</summary>
    public static string Bounded(string text, TemplatePosition position) => text.Length <= LongestOutput
        ? text
        : throw new TemplateException($"the template makes a text of more than {LongestOutput} characters", position);

    /// <summary>Writes.</summary>
    public void Write(string text, TemplatePosition position)
    {
        if (_output.Length + text.Length > LongestOutput)
            throw new TemplateException($"the template writes more than {LongestOutput} characters", position);
        _output.Append(text);
    }
}
