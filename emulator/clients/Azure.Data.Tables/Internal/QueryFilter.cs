using System.Linq.Expressions;
using System.Reflection;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Internal;

/// <summary>Turns a predicate over a row into an OData filter.</summary>
/// <remarks>
/// Understood: comparisons of a column with a value on either side, <c>&amp;&amp;</c>, <c>||</c>, <c>!</c>, a boolean column by itself,
/// <c>CompareTo</c>, <c>string.Compare</c>, <c>Equals</c>, and <see cref="TableEntity"/>'s indexer and <c>Get…</c> methods.
/// Everything that does not mention the row is evaluated here, once. What the service cannot do is a <see cref="NotSupportedException"/>.
/// </remarks>
internal static class QueryFilter
{
    /// <summary>Formats the arguments of an interpolated string as OData literals.</summary>
    public static string Of(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return string.Format(
            System.Globalization.CultureInfo.InvariantCulture, filter.Format, Array.ConvertAll(filter.GetArguments(), object? (value) => ODataLiteral.Of(value)));
    }

    /// <returns>The filter; empty when the predicate is the constant true.</returns>
    public static string Of(LambdaExpression predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate.Body is ConstantExpression { Value: true } ? "" : Translate(predicate.Body);
    }

    private static string Translate(Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } both:
                return $"({Translate(both.Left)}) and ({Translate(both.Right)})";
            case BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } either:
                return $"({Translate(either.Left)}) or ({Translate(either.Right)})";
            case UnaryExpression { NodeType: ExpressionType.Not } not:
                return $"not ({Translate(not.Operand)})";
            case BinaryExpression comparison when OperatorOf(comparison.NodeType) is { } name:
                return TranslateComparison(comparison.Left, name, comparison.Right);
            case MethodCallExpression { Method.Name: nameof(Equals), Object: { } left, Arguments: [var right] }:
                return TranslateComparison(left, "eq", right);
            case MethodCallExpression { Method.Name: nameof(Equals), Object: null, Arguments: [var left, var right] }:
                return TranslateComparison(left, "eq", right);
            case var column when column.Type == typeof(bool) && ColumnOf(column) is { } name:
                return $"{name} eq true";
            default:
                throw Unsupported(expression);
        }
    }

    private static string TranslateComparison(Expression left, string name, Expression right)
    {
        if (ComparedWithZero(left, right) is var (first, second))
            return TranslateComparison(first, name, second);
        if (ComparedWithZero(right, left) is var (third, fourth))
            return TranslateComparison(third, Mirror(name), fourth);
        if (ColumnOf(left) is { } column)
            return $"{column} {name} {LiteralOf(right, Unwrap(left).Type)}";
        if (ColumnOf(right) is { } other)
            return $"{other} {Mirror(name)} {LiteralOf(left, Unwrap(right).Type)}";

        throw Unsupported(left);
    }

    /// <summary><c>a.CompareTo(b)</c> or <c>string.Compare(a, b)</c> against 0 is the comparison of a with b.</summary>
    private static (Expression Left, Expression Right)? ComparedWithZero(Expression call, Expression zero)
    {
        if (Unwrap(call) is not MethodCallExpression method || !MentionsRow(method) || MentionsRow(zero) || Evaluate(zero) is not 0)
            return null;

        return method switch
        {
            { Method.Name: nameof(IComparable.CompareTo), Object: { } left, Arguments: [var right] } => (left, right),
            { Method.Name: nameof(string.Compare), Object: null, Arguments: [var left, var right] } => (left, right),
            _ => null,
        };
    }

    private static string LiteralOf(Expression value, Type columnType)
    {
        if (MentionsRow(value))
            throw Unsupported(value);

        var result = Evaluate(value);
        var type = Nullable.GetUnderlyingType(columnType) ?? columnType;

        // The compiler compares enums as numbers; the table holds their names.
        if (type.IsEnum && result is not null)
            result = Enum.ToObject(type, result);

        return result is null
            ? throw new NotSupportedException("A column cannot be compared with null: the service has no null.")
            : ODataLiteral.Of(result);
    }

    /// <summary>The column an expression names, or null when it names none.</summary>
    private static string? ColumnOf(Expression expression) => Unwrap(expression) switch
    {
        MemberExpression { Expression: { } row, Member: PropertyInfo property } when Unwrap(row) is ParameterExpression => NameOf(property),
        MethodCallExpression { Object: { } row, Arguments: [var key] } call when Unwrap(row) is ParameterExpression && IsGetter(call.Method)
            => (string?)Evaluate(key),
        _ => null,
    };

    private static bool IsGetter(MethodInfo method) =>
        method.Name == "get_Item" || (method.DeclaringType == typeof(TableEntity) && method.Name.StartsWith("Get", StringComparison.Ordinal));

    private static string NameOf(PropertyInfo property) => property.DeclaringType == typeof(TableItem) ? "TableName" : BoundType.NameOf(property);

    /// <summary>Conversions and <c>Nullable.Value</c> change nothing about which column is meant.</summary>
    private static Expression Unwrap(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } conversion
            => Unwrap(conversion.Operand),
        MemberExpression { Member.Name: nameof(Nullable<int>.Value), Expression: { } inner } when Nullable.GetUnderlyingType(inner.Type) is not null
            => Unwrap(inner),
        _ => expression,
    };

    private static bool MentionsRow(Expression expression)
    {
        var finder = new ParameterFinder();
        finder.Visit(expression);
        return finder.Found;
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        MemberExpression { Member: PropertyInfo property } member => property.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        _ => Expression.Lambda(expression).Compile(preferInterpretation: true).DynamicInvoke(),
    };

    private static string? OperatorOf(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        _ => null,
    };

    private static string Mirror(string name) => name switch
    {
        "gt" => "lt",
        "ge" => "le",
        "lt" => "gt",
        "le" => "ge",
        _ => name,
    };

    private static NotSupportedException Unsupported(Expression expression) =>
        new($"The expression '{expression}' cannot be expressed as a table filter.");

    private sealed class ParameterFinder : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }
    }
}
