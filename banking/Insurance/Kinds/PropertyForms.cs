using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Serverless.Banking.Insurance;

[Description("The property to be insured (PAY-23).")]
public sealed record PropertyQuestions(
    [property: Description("Personal number.")] PersonalNumber Owner,
    [property: Range(1, 1_000_000), Description("Square metres.")] int Area) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.Property;

    internal override string Subject => Shown.Of(Owner);
}

public sealed record PropertyDetails(
    LocalDate Start,
    [property: MaxLength(40), Description("Code of the list.")] string City,
    [property: MaxLength(60)] string AdministrativeZone,
    [property: MaxLength(30)] string PropertyNumber,
    [property: MaxLength(30)] string CadastralZone,
    [property: MaxLength(100)] string Address) : InsuranceDetails
{
    internal override InsuranceKind Kind => InsuranceKind.Property;

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check, InsuranceQuestions questions)
    {
        base.Check(check, questions);
        check.City(City, "city");
    }
}

/// <summary>Who is named by a number alone: no more of it is kept than tells the customer which.</summary>
internal static class Shown
{
    public static string Of(PersonalNumber person) => $"{person.Value[0]}•••••••{person.Value[^2..]}";
}
