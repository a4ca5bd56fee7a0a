namespace RailCluster.Generation;

/// <summary>What operators make of two values.</summary>
internal static class TemplateOperators
{
    /// <summary>Whether a comparison holds.</summary>
    public static bool Holds(string name, object? left, object? right, TemplatePlace at) => name switch
    {
        "==" => TemplateValues.AreEqual(left, right, at),
        "!=" => !TemplateValues.AreEqual(left, right, at),
        "in" => TemplateValues.Contains(right, left, at),
        "not in" => !TemplateValues.Contains(right, left, at),
        // Every comparison with what is not a number is false.
        _ when left is double.NaN || right is double.NaN => false,
        "<" => TemplateValues.Compare(left, right, name, at) < 0,
        ">" => TemplateValues.Compare(left, right, name, at) > 0,
        "<=" => TemplateValues.Compare(left, right, name, at) <= 0,
        _ => TemplateValues.Compare(left, right, name, at) >= 0,
    };

    /// <summary>What an operator of arithmetic gives.</summary>
    public static object? Apply(string name, object? left, object? right, TemplatePlace at)
    {
        switch (name, left, right)
        {
            case (_, bool or long or double, bool or long or double):
                return TemplateNumbers.Calculate(name, left, right, at);
            case ("+", string a, string b):
                at.Make((long)a.Length + b.Length);
                return a + b;
            case ("+", string or TemplateMarkup, string or TemplateMarkup):
                return new TemplateMarkup(at.Made(Escaped(left) + Escaped(right)));
            case ("+", TemplateList { Kind: ListKind.List or ListKind.Tuple } m, TemplateList n) when m.Kind == n.Kind:
                return at.List(m.Items.Concat(n.Items), m.Kind);
            case ("*", string or TemplateList, bool or long):
                return Repeated(left, right, at);
            case ("*", bool or long, string or TemplateList):
                return Repeated(right, left, at);
            case ("%", string format, _):
                return TemplateFormat.Format(format, right, at);
            case (_, TemplateUndefined missing, _):
                throw missing.Error(at.Position);
            case (_, _, TemplateUndefined missing):
                throw missing.Error(at.Position);
            default:
                throw at.Error($"the template applies {name} to a {TemplateValues.Kind(left)} and a {TemplateValues.Kind(right)}");
        }
    }

    /// <summary>A number with a sign in front.</summary>
    public static object Signed(string sign, object? value, TemplatePlace at) => value switch
    {
        double number => sign == "-" ? -number : number,
        bool or long => TemplateNumbers.Calculate(sign, 0L, value, at),
        TemplateUndefined missing => throw missing.Error(at.Position),
        _ => throw at.Error($"the template applies {sign} to a {TemplateValues.Kind(value)}"),
    };

    private static string Escaped(object? value) => value is TemplateMarkup markup ? markup.Text : PythonText.Escaped((string)value!);

    private static object Repeated(object? value, object? times, TemplatePlace at)
    {
        TemplateNumbers.TryWhole(times, out long count);
        count = Math.Max(0, count);
        if (value is string text)
        {
            at.Make((long)Math.Min((double)text.Length * count, long.MaxValue / 2));
            return text.Length == 0 ? "" : string.Concat(Enumerable.Repeat(text, (int)count));
        }

        var list = (TemplateList)value!;
        if (list.Kind is not (ListKind.List or ListKind.Tuple))
            throw at.Error($"the template applies * to a {TemplateValues.Kind(list)} and a number");
        at.Make((long)Math.Min((double)list.Items.Count * count, long.MaxValue / 2));
        return at.List(list.Items.Count == 0 ? [] : Enumerable.Repeat(list.Items, (int)count).SelectMany(items => items), list.Kind);
    }
}
