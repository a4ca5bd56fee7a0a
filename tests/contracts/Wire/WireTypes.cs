using System.Reflection;

namespace RailCluster.Contracts.Tests;

/// <summary>The types of the contracts that cross a wire.</summary>
internal static class WireTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(RailJson).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Records that can be made: no enums, no exceptions, and of a union its cases.</summary>
    public static IEnumerable<Type> Records => All.Where(type => !type.IsEnum && !type.IsAbstract && !type.IsAssignableTo(typeof(Exception)));

    /// <summary>The parameters that a record is made from, in order; empty for a record without.</summary>
    public static ParameterInfo[] Parameters(Type record) =>
        record.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters();

    /// <summary>The properties beside the parameters that travel, by id.</summary>
    public static IEnumerable<(uint Id, PropertyInfo Property)> Members(Type type) =>
        from property in type.GetProperties()
        let id = property.GetCustomAttribute<IdAttribute>()
        where id is not null
        orderby id.Id
        select (id.Id, property);
}
