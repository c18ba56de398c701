using System.Text.RegularExpressions;

namespace Serverless.Functions.Http;

/// <summary>The whole text must match. Without anchors, and in the part of the syntax that .NET and ECMAScript share.</summary>
/// <remarks>Length limits are <c>System.ComponentModel.DataAnnotations</c>' MaxLength, MinLength and Range, meanings its Description.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PatternAttribute(string pattern) : Attribute
{
    /// <summary>As the OpenAPI document shows it.</summary>
    public string Anchored { get; } = $"^(?:{pattern})$";

    internal Regex Regex { get; } = new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}

/// <summary>Text that may have line breaks; other text may not.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MultilineAttribute : Attribute;

/// <summary>Text from a barcode scanner: GS1's group separator (U+001D) may stand between its fields.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ScannedAttribute : Attribute;

/// <summary>An amount that may be zero; other amounts of a request must be positive.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OrZeroAttribute : Attribute;

/// <summary>A value as the OpenAPI document shows it: text, or JSON for other types.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ExampleAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}
