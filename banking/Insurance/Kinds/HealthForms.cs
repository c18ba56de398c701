using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Insurance;

[Description("Where and when the customer himself is insured (PAY-24). Personal number and date of birth are those of the bank's records and cannot be changed.")]
public sealed record HealthQuestions(
    [property: MaxLength(40), Description("Code of the list.")] string TravelZone, LocalDate Start, [property: Description("The last day.")] LocalDate End) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.Health;

    internal override string Subject => "";

    internal override Cover Cover => new(Start, End);

    internal override void Check(FormCheck check)
    {
        check.Zone(TravelZone, "travelZone");
        check.NotPast(Start, "start");
        check.Ordered(Start, End, "end");
    }

    internal override Result<InsuranceQuestions> Fill(ContactDetails? records) =>
        records is not null && PersonalNumber.Find(records.PersonalNumber) is { } number && number.FindBirthDate() is { } born
            ? new FilledHealthQuestions(TravelZone, Start, End, records.Name, number, born)
            : new PersonalNumberNotOnFile();
}

/// <summary>As it goes to the insurers.</summary>
public sealed record FilledHealthQuestions(string TravelZone, LocalDate Start, LocalDate End, string Name, PersonalNumber PersonalNumber, LocalDate BirthDate) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.Health;

    internal override string Subject => Name;

    internal override Cover Cover => new(Start, End);
}

[Description("Whom to insure (PAY-25).")]
public sealed record PersonalAccidentQuestions([property: Description("Personal number.")] PersonalNumber Insured, LocalDate Start) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.PersonalAccident;

    internal override string Subject => Shown.Of(Insured);

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check) => check.NotPast(Start, "start");
}

[Description("The student and the members of his family to be insured with him (PAY-26).")]
public sealed record StudentAbroadQuestions(
    [property: MaxLength(60)] string FirstName,
    [property: MaxLength(60)] string LastName,
    LocalDate BirthDate,
    PersonalNumber PersonalNumber,
    LocalDate Start,
    [property: MaxLength(10), Description("Personal numbers.")] IReadOnlyList<PersonalNumber>? Family = null) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.StudentAbroad;

    internal override string Subject => $"{FirstName} {LastName}";

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check)
    {
        check.Born(BirthDate, "birthDate");
        check.NotPast(Start, "start");
        check.Different(PersonalNumber, Family ?? [], "family");
    }
}

[Description("The insured and the members of his family (PAY-27). Albania's social security numbers are the personal numbers.")]
public sealed record TelehealthQuestions(
    LocalDate Start,
    [property: MaxLength(60)] string FirstName,
    [property: MaxLength(60)] string LastName,
    LocalDate BirthDate,
    [property: MaxLength(60)] string FathersName,
    PersonalNumber PersonalNumber,
    [property: MaxLength(10), Description("Social security numbers.")] IReadOnlyList<PersonalNumber>? Family = null) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.Telehealth;

    internal override string Subject => $"{FirstName} {LastName}";

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check)
    {
        check.NotPast(Start, "start");
        check.Born(BirthDate, "birthDate");
        check.Different(PersonalNumber, Family ?? [], "family");
    }
}

[Description("Who travels where and when (PAY-28).")]
public sealed record TravelHealthQuestions(
    PersonalNumber PersonalNumber,
    LocalDate BirthDate,
    [property: MaxLength(40), Description("Code of the list.")] string TravelZone,
    LocalDate Start,
    [property: Description("The last day.")] LocalDate End) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.TravelHealth;

    internal override string Subject => Shown.Of(PersonalNumber);

    internal override Cover Cover => new(Start, End);

    internal override void Check(FormCheck check)
    {
        check.Born(BirthDate, "birthDate");
        check.Zone(TravelZone, "travelZone");
        check.NotPast(Start, "start");
        check.Ordered(Start, End, "end");
    }
}
