using System.Globalization;
using System.Reflection;
using System.Text;

namespace RailCluster.Contracts.Tests;

/// <summary>Everything about the wire types that a reader of old bytes relies on, as text: aliases, positions, ids, types, enum values.</summary>
internal static class WireManifest
{
    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(Alias, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Alias(type)}\n");
            foreach (var line in type.IsEnum ? Values(type) : Members(type)) text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        }

        return text.ToString();
    }

    public static string? Alias(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static IEnumerable<string> Values(Type type) =>
        Enum.GetNames(type).Select(name => $"{Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)} = {name}");

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsAbstract || type.IsAssignableTo(typeof(Exception))) return [];
        return WireTypes.Parameters(type).Select((parameter, position) => $"({position}) {parameter.Name}: {Name(parameter.ParameterType)}")
            .Concat(WireTypes.Members(type).Select(member => $"[{member.Id}] {member.Property.Name}: {Name(member.Property.PropertyType)}"));
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare) return $"{Name(bare)}?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : Alias(type) ?? type.Name;
    }
}
