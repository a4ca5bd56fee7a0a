namespace RailCluster.Generation;

/// <content>Names that are set, and the parameters of macros.</content>
internal sealed partial class ExpressionParser
{
    private static readonly string[] Reserved = ["true", "True", "false", "False", "none", "None", "not", "and", "or", "in", "is", "if", "else"];

    /// <summary>What is set: one name, or several with commas between.</summary>
    /// <param name="members">Whether members of namespaces may be.</param>
    public TemplateTarget Target(bool members)
    {
        TemplatePosition position = Position;
        TemplateTarget first = SingleTarget(members);
        if (!Current.Is(","))
            return first;
        var targets = new List<TemplateTarget> { first };
        while (Take(",") && Current.Kind != SymbolKind.End && !Current.Is("=") && !Current.Is("in") && !Current.Is(")"))
            targets.Add(SingleTarget(members));
        return new TupleTarget(targets, position);
    }

    /// <summary>One name, or several in brackets.</summary>
    public TemplateTarget SingleTarget(bool members)
    {
        TemplatePosition position = Position;
        if (Take("("))
        {
            Deeper();
            TemplateTarget target = Target(members);
            Expect(")");
            _depth--;
            return target;
        }

        if (Reserved.Contains(Current.Value))
            throw Error($"the template sets {Current.Value}");
        string name = Name();
        return members && Take(".") ? new MemberTarget(name, Name(), position) : new NameTarget(name, position);
    }

    /// <summary>The parameters of a macro.</summary>
    public List<TemplateParameter> Parameters()
    {
        Expect("(");
        var parameters = new List<TemplateParameter>();
        while (!Take(")"))
        {
            string name = Name();
            TemplateExpression? otherwise = Take("=") ? Expression() : null;
            if (otherwise is null && parameters.Any(parameter => parameter.Default is not null))
                throw Error($"the template has the parameter {name} without a default behind one with a default");
            parameters.Add(new TemplateParameter(name, otherwise));
            if (!Current.Is(")"))
                Expect(",");
        }

        return parameters;
    }
}
