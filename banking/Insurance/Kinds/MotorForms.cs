using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Serverless.Banking.Insurance;

[Description("The vehicle to be insured (PAY-19).")]
public sealed record TplQuestions(Plate Plate, ChassisNumber Chassis) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.Tpl;

    internal override string Subject => Plate.Value;
}

public sealed record TplDetails(
    LocalDate Start,
    [property: MaxLength(40), Description("Code of the list, where the original policy is received.")] string City,
    [property: MaxLength(100)] string Address,
    MobileNumber Phone,
    [property: Description("Personal number, when it is not the owner.")] PersonalNumber? FirstUser = null,
    PersonalNumber? SecondUser = null) : InsuranceDetails
{
    internal override InsuranceKind Kind => InsuranceKind.Tpl;

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check, InsuranceQuestions questions)
    {
        base.Check(check, questions);
        check.City(City, "city");
        if (FirstUser is not null && FirstUser == SecondUser)
            check.Add(field => new PersonRepeated(field), "secondUser");
    }
}

public enum AutoSosPeriod
{
    OneMonth,

    OneYear,
}

[Description("The vehicle and what is wanted (PAY-20); the insurer fills the chassis from the plate.")]
public sealed record AutoSosQuestions(AutoSosPeriod Period, Plate Plate, [property: MaxLength(40), Description("Code of the list.")] string CoverOption) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.AutoSos;

    internal override string Subject => Plate.Value;

    internal override void Check(FormCheck check) => check.CoverOption(CoverOption, "coverOption");

    /// <summary>The last day of a cover that begins on this day.</summary>
    internal LocalDate EndOf(LocalDate start) => (Period == AutoSosPeriod.OneMonth ? start.PlusMonths(1) : start.PlusYears(1)).PlusDays(-1);
}

public sealed record AutoSosDetails(
    [property: MaxLength(40), Description("Whom the application is for: code of the list.")] string ClientType,
    LocalDate Start,
    [property: Description("The last day: a month or a year after the start, less a day.")] LocalDate End) : InsuranceDetails
{
    internal override InsuranceKind Kind => InsuranceKind.AutoSos;

    internal override Cover Cover => new(Start, End);

    internal override void Check(FormCheck check, InsuranceQuestions questions)
    {
        base.Check(check, questions);
        check.ClientType(ClientType, "clientType");
        if (((AutoSosQuestions)questions).EndOf(Start) is var end && end != End)
            check.Add(field => new EndMisfitsPeriod(field, end), "end");
    }
}

[Description("The vehicle to be insured (PAY-21).")]
public sealed record MiniKaskoQuestions(Plate Plate, ChassisNumber Chassis) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.MiniKasko;

    internal override string Subject => Plate.Value;
}

[Description("Who owns or drives a vehicle.")]
public sealed record VehiclePerson(
    [property: MaxLength(60)] string FirstName, [property: MaxLength(60)] string LastName, PersonalNumber PersonalNumber, LocalDate BirthDate);

public sealed record MiniKaskoDetails(
    LocalDate Start,
    VehiclePerson Owner,
    [property: Description("When it is not the owner.")] VehiclePerson? FirstUser = null,
    VehiclePerson? SecondUser = null) : InsuranceDetails
{
    internal override InsuranceKind Kind => InsuranceKind.MiniKasko;

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check, InsuranceQuestions questions)
    {
        base.Check(check, questions);
        var known = new HashSet<PersonalNumber>();
        foreach (var (person, name) in ((VehiclePerson?, string)[])[(Owner, "owner"), (FirstUser, "firstUser"), (SecondUser, "secondUser")])
        {
            if (person is null)
                continue;
            check.Born(person.BirthDate, $"{name}/birthDate");
            if (!known.Add(person.PersonalNumber))
                check.Add(field => new PersonRepeated(field), $"{name}/personalNumber");
        }
    }
}

public enum GreenCardPeriod
{
    FifteenDays,

    OneMonth,

    ThreeMonths,

    SixMonths,

    OneYear,
}

[Description("The vehicle and for how long (PAY-22).")]
public sealed record GreenCardQuestions(GreenCardPeriod Period, Plate Plate, ChassisNumber Chassis) : InsuranceQuestions
{
    internal override InsuranceKind Kind => InsuranceKind.GreenCard;

    internal override string Subject => Plate.Value;
}

public enum GreenCardDriver
{
    /// <summary>The owner is the first insured.</summary>
    Owner,

    /// <summary>There is a second user.</summary>
    SecondUser,
}

public sealed record GreenCardDetails(
    LocalDate Start,
    [property: MaxLength(40), Description("Code of the list.")] string City,
    [property: MaxLength(100)] string Address,
    MobileNumber Phone,
    GreenCardDriver Driver,
    [property: Description("Personal number; needed for a second user, and only then.")] PersonalNumber? SecondUser = null) : InsuranceDetails
{
    internal override InsuranceKind Kind => InsuranceKind.GreenCard;

    internal override Cover Cover => new(Start, null);

    internal override void Check(FormCheck check, InsuranceQuestions questions)
    {
        base.Check(check, questions);
        check.City(City, "city");
        if (Driver == GreenCardDriver.SecondUser != SecondUser is not null)
            check.Add(field => new SecondUserMismatch(field), "secondUser");
    }
}
