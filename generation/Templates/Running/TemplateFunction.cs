namespace RailCluster.Generation;

/// <summary>What a call gives: values by place and by name.</summary>
internal sealed record TemplateArguments(List<object?> Placed, List<(string Name, object? Value)> Named)
{
    /// <summary>The same with a value in front.</summary>
    public TemplateArguments Before(object? value) => this with { Placed = [value, .. Placed] };

    /// <summary>The same without the first.</summary>
    public TemplateArguments Behind(int count) => this with { Placed = Placed[Math.Min(count, Placed.Count)..] };
}

/// <summary>What can be called.</summary>
internal interface ITemplateCallable
{
    /// <summary>Calls it.</summary>
    object? Call(TemplateArguments arguments, TemplatePlace at);
}

/// <summary>What a function does with its values, one for each parameter.</summary>
internal delegate object? TemplateBody(TemplateValuesGiven given);

/// <summary>The values of one call.</summary>
internal readonly record struct TemplateValuesGiven(object?[] Values, TemplatePlace At, string Function)
{
    /// <summary>A value.</summary>
    public object? this[int index] => Has(index) ? Values[index] : null;

    /// <summary>Whether a value was given.</summary>
    public bool Has(int index) => !ReferenceEquals(Values[index], TemplateFunction.Absent);

    /// <summary>A value as text, as Jinja's filters take whatever they get.</summary>
    public string Text(int index) => TemplatePrinter.Print(this[index], At);

    /// <summary>A value that must be a text.</summary>
    public string OnlyText(int index) => this[index] is string or TemplateMarkup ? TemplateValues.Plain(this[index]) : throw Wrong(index);

    /// <summary>A text that may be left out or none.</summary>
    public string? TextOrNull(int index) => this[index] is null ? null : OnlyText(index);

    /// <summary>A whole number, or another where it is left out.</summary>
    public long Whole(int index, long otherwise) => this[index] switch
    {
        _ when !Has(index) => otherwise,
        bool flag => flag ? 1 : 0,
        long number => number,
        _ => throw Wrong(index),
    };

    /// <summary>A whole number that may be left out or none.</summary>
    public long? WholeOrNull(int index) => this[index] is null ? null : Whole(index, 0);

    /// <summary>Whether a value holds.</summary>
    public bool Flag(int index, bool otherwise = false) => Has(index) ? TemplateValues.IsTrue(this[index]) : otherwise;

    /// <summary>The values that a value holds; whether it holds any is asked when the first is.</summary>
    public IEnumerable<object?> Items(int index)
    {
        foreach (object? item in TemplateValues.Items(this[index], At))
        {
            At.Step();
            yield return item;
        }
    }

    /// <summary>The error of a value that does not do.</summary>
    public TemplateException Wrong(int index) => At.Error($"the template calls {Function} with a {TemplateValues.Kind(this[index])}");
}

/// <summary>A function, filter, test or method of our own.</summary>
internal sealed class TemplateFunction : ITemplateCallable
{
    /// <summary>Stands for what was not given.</summary>
    public static readonly object Absent = new();

    private readonly string[] _parameters;
    private readonly int _required;
    private readonly TemplateBody _body;

    /// <summary>Creates it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">Their names with spaces between; one with <c>?</c> may be left out, <c>*</c> and <c>**</c> take the rest.</param>
    /// <param name="body">What it does.</param>
    public TemplateFunction(string name, string parameters, TemplateBody body)
    {
        string[] declared = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Name = name;
        _parameters = [.. declared.Select(parameter => parameter.TrimEnd('?'))];
        _required = declared.Count(parameter => !parameter.EndsWith('?') && !parameter.StartsWith('*'));
        _body = body;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public object? Call(TemplateArguments arguments, TemplatePlace at)
    {
        at.Step();
        object?[] values = new object?[_parameters.Length];
        Array.Fill(values, Absent);
        int places = _parameters.Count(parameter => parameter[0] != '*');
        for (int i = 0; i < Math.Min(places, arguments.Placed.Count); i++)
        {
            at.Scan(arguments.Placed[i]);
            values[i] = arguments.Placed[i];
        }

        if (Array.IndexOf(_parameters, "*") is var rest and >= 0)
            values[rest] = at.List(arguments.Behind(places).Placed, ListKind.Tuple);
        else if (arguments.Placed.Count > places)
            throw at.Error($"the template calls {Name} with more than {places} values");
        Named(arguments, values, at);
        for (int i = 0; i < _required; i++)
        {
            if (ReferenceEquals(values[i], Absent))
                throw at.Error($"the template calls {Name} without its {_parameters[i]}");
        }

        return _body(new TemplateValuesGiven(values, at, Name));
    }

    private void Named(TemplateArguments arguments, object?[] values, TemplatePlace at)
    {
        int rest = Array.IndexOf(_parameters, "**");
        var others = new List<(object? Key, object? Value)>();
        foreach ((string name, object? value) in arguments.Named)
        {
            int place = Array.IndexOf(_parameters, name);
            if (place >= 0 && ReferenceEquals(values[place], Absent))
                values[place] = value;
            else if (rest >= 0 && place < 0)
                others.Add((name, value));
            else
                throw at.Error($"the template calls {Name} with {name}, which {(place < 0 ? "it does not take" : "it has already")}");
        }

        if (rest >= 0)
            values[rest] = at.Mapping(others);
    }
}

/// <summary>A method of one value.</summary>
internal sealed record TemplateMethod(TemplateFunction Function, object? Target) : ITemplateCallable
{
    /// <inheritdoc/>
    public object? Call(TemplateArguments arguments, TemplatePlace at) => Function.Call(arguments.Before(Target), at);
}
